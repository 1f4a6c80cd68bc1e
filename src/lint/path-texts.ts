import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Server } from '../routing/model.ts';
import { literalPath, refusedPathType } from './rules/paths.ts';
import { idleGuardNote } from './written-paths.ts';
import type { LintedPath } from './written-paths.ts';

/** Something in a path that nginx takes for plain text. */
interface Misreading {
  readonly found: RegExp;
  /** `expression`: it is misread only where the host has no regular expressions; `plain`: only where it has some. */
  readonly means: 'always' | 'expression' | 'plain';
  readonly problem: (text: string) => string;
  readonly help: (path: string, text: string) => string;
}

const USE_REGEX =
  'for a regular expression set the annotation use-regex: "true" and `pathType: ImplementationSpecific`';

/** What stands in no group, class or branch, so that each request must have it. */
const OUTSIDE = String.raw`^(?:[^()[\]|\\]|\\[^?])*?`;

/** The first that fits is said. */
const MISREADINGS: readonly Misreading[] = [
  {
    found: /\s+$/,
    means: 'always',
    problem: () => 'it ends in a blank',
    help: path => `write "${path.trimEnd()}"`,
  },
  {
    found: /\/\//,
    means: 'expression',
    problem: () => MERGED,
    help: path => `write "${path.replaceAll(/\/{2,}/g, '/')}"`,
  },
  {
    found: /\/\.\.?(?:\/|$)/,
    means: 'expression',
    problem: text => `nginx resolves "${text}" before it compares paths`,
    help: path => `write "${new URL(path, 'http://host').pathname}"`,
  },
  {
    found: new RegExp(`${OUTSIDE}//(?![?*{])`),
    means: 'plain',
    problem: () => MERGED,
    help: path => `write "${path.replace('//', '/')}"`,
  },
  {
    found: new RegExp(String.raw`${OUTSIDE}(?:\\\?(?![?*{])|\w\?[\w-]+=)`),
    means: 'plain',
    problem: () => 'a query is not part of the path that nginx compares',
    help: path => `write "${path.slice(0, path.search(/\\?\?/))}"`,
  },
  {
    found: new RegExp(String.raw`${OUTSIDE}/\^`),
    means: 'plain',
    problem: () => '"^" stands for the beginning, and a "/" comes before it',
    help: path => `write "${path.replace(/\/\^\/?/, '/')}"; an expression begins at the beginning of the path anyway`,
  },
  {
    found: new RegExp(String.raw`${OUTSIDE}\$(?=[\w/-])`),
    means: 'plain',
    problem: () => '"$" stands for the end of the path, and more follows',
    help: path => `write "${path.slice(0, path.indexOf('$') + 1)}", or "\\$" for the character itself`,
  },
  {
    found: /%[0-9A-Fa-f]{2}/,
    means: 'always',
    problem: text => `"${text}" is plain text: nginx compares the path after it has decoded it`,
    help: path => `write the decoded path: "${decoded(path)}"`,
  },
  {
    // A comment of an expression is none of a URL.
    found: /(?<!\(\?)#.*/,
    means: 'always',
    problem: () => 'browsers never send what follows a "#"',
    help: path => `write "${path.slice(0, path.indexOf('#'))}"`,
  },
  {
    found: /\/:[A-Za-z_]\w*/,
    means: 'always',
    problem: text => `"${text}" is plain text: nginx has no path parameters`,
    help: parameterHelp,
  },
  {
    // What follows a letter with a backslash belongs to it: \p{L}, \k{name}.
    found: /(?<!\\[A-Za-z])\{[A-Za-z_][^{}]*\}/,
    means: 'always',
    problem: text => `"${text}" is plain text: nginx has no path parameters`,
    help: parameterHelp,
  },
  {
    found: /\/\*+$/,
    means: 'expression',
    problem: text => `"${text}" is plain text: "*" does not stand for anything here`,
    help: path => `write "${path.replace(/\*+$/, '')}" with \`pathType: Prefix\`, which matches everything below it`,
  },
  // Behind the glob and before a lone "?": an expression may hold both.
  {
    found: /\.\*|\.\+|\*|\\|\^|\||\[[^\]]+\]|\{[^}]*\}|\$$/,
    means: 'expression',
    problem: text => `"${text}" is plain text: no Ingress makes this host one of regular expressions`,
    help: () => USE_REGEX,
  },
  {
    found: /\?.*/,
    means: 'expression',
    problem: () => 'a query is not part of the path that nginx compares',
    help: path => `write "${path.slice(0, path.indexOf('?'))}"`,
  },
];

const MERGED = 'nginx merges slashes before it compares paths';

function parameterHelp(path: string, text: string): string {
  const before = path.slice(0, path.indexOf(text)).replace(/\/?$/, '/');
  return `write "${before}" with \`pathType: Prefix\`, or a regular expression with [^/]+ and use-regex: "true"`;
}

/** `%41` as nginx decodes it; what is no UTF-8 stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%([2-7][0-9A-Fa-f])/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
  }
}

/** What the admission webhook takes for Prefix and Exact. Source: ingress-nginx 1.15.1, internal/ingress/inspector. */
const STRICT = /^\/[A-Za-z0-9._/-]*$/;

/** Parts of a path that no request has. */
const RESOLVED = /\/(?:\/|\.\.?(?:\/|$))/;

/** Whether nothing in a path can be misread. */
export function isStrict(path: string): boolean {
  return STRICT.test(path) && !RESOLVED.test(path);
}

/** What is wrong with a path that nginx reads otherwise than its author, and what to write instead. */
interface Misread {
  readonly problem: string;
  readonly help: string;
}

function misreadOf(path: string, server: Server): Misread | undefined {
  const readAs = server.regexFrom === undefined ? 'expression' : 'plain';
  const misread = MISREADINGS.find(({ found, means }) => (means === 'always' || means === readAs) && found.test(path));
  if (misread === undefined) return undefined;
  const text = misread.found.exec(path)?.[0] ?? '';
  return { problem: misread.problem(text), help: misread.help(path, text) };
}

/** What to write instead of a path that the webhook rejects: what it would reject as well needs another type. */
function helpForRefused(help: string | undefined): string {
  if (help === undefined) return 'write `pathType: ImplementationSpecific`';
  const instead = /^write (?:the decoded path: )?"([^"]*)"/.exec(help)?.[1];
  return instead === undefined || STRICT.test(instead) ? help : `${help}, with \`pathType: ImplementationSpecific\``;
}

function reportRefused({ written, at }: LintedPath, misread: Misread | undefined, report: Report): void {
  const { path, pathType, isStored } = written;
  const rest =
    misread === undefined ? '' : `, and no usual request matches it: ${misread.problem}${idleGuardNote(written)}`;
  report({
    rule: refusedPathType,
    message: `the admission webhook of ingress-nginx rejects the path "${path}" with pathType ${pathType}${rest}`,
    help: helpForRefused(misread?.help),
    at,
    ...(isStored === true ? { severity: 'info' } : {}),
  });
}

function checkPathText(linted: LintedPath, server: Server, report: Report): void {
  const { path, pathType, isStored } = linted.written;
  if (isStrict(path)) return;
  const misread = misreadOf(path, server);
  const isRefused = pathType !== 'ImplementationSpecific' && !STRICT.test(path);
  // Where it is stored already, or the webhook is told to take it, what it does is what matters.
  if (isRefused && (misread === undefined || isStored !== true)) reportRefused(linted, misread, report);
  else if (misread !== undefined) {
    const { problem, help } = misread;
    const message = `no usual request matches the path "${path}" of ${shownHost(server)}: ${problem}${idleGuardNote(linted.written)}`;
    report({ rule: literalPath, message, help, at: linted.at });
  }
}

/** Finds paths that are not what their author took them for, because of their characters. */
export function checkPathTexts(server: Server, paths: readonly LintedPath[], report: Report): void {
  for (const path of paths) checkPathText(path, server, report);
}
