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

function checkPathText({ written, at }: LintedPath, server: Server, report: Report): void {
  const { path, pathType, isStored } = written;
  if (isStrict(path)) return;
  const readAs = server.regexFrom === undefined ? 'expression' : 'plain';
  const misread = MISREADINGS.find(({ found, means }) => (means === 'always' || means === readAs) && found.test(path));
  if (misread !== undefined) {
    const text = misread.found.exec(path)?.[0] ?? '';
    const message = `no usual request matches the path "${path}" of ${shownHost(server)}: ${misread.problem(text)}${idleGuardNote(written)}`;
    report({ rule: literalPath, message, help: misread.help(path, text), at });
    return;
  }
  if (pathType === 'ImplementationSpecific' || STRICT.test(path)) return;
  const message = `the admission webhook of ingress-nginx rejects the path "${path}" with pathType ${pathType}`;
  const help = 'write `pathType: ImplementationSpecific`';
  report({ rule: refusedPathType, message, help, at, ...(isStored === true ? { severity: 'info' } : {}) });
}

/** Finds paths that are not what their author took them for, because of their characters. */
export function checkPathTexts(server: Server, paths: readonly LintedPath[], report: Report): void {
  for (const path of paths) checkPathText(path, server, report);
}
