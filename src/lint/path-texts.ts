import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Server } from '../routing/model.ts';
import { literalPath, refusedPathType } from './rules/paths.ts';
import { idleGuardNote } from './written-paths.ts';
import type { LintedPath } from './written-paths.ts';

/** Something in a path that nginx takes for plain text. */
interface Misreading {
  readonly found: RegExp;
  /** `expression`: it has this meaning only where the host has no regular expressions. */
  readonly means: 'always' | 'expression';
  readonly problem: (text: string) => string;
  readonly help: (path: string, text: string) => string;
}

const USE_REGEX =
  'for a regular expression set the annotation use-regex: "true" and `pathType: ImplementationSpecific`';

/** The first that fits is said. */
const MISREADINGS: readonly Misreading[] = [
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

/** Whether nothing in a path can be misread. */
export function isStrict(path: string): boolean {
  return STRICT.test(path);
}

function checkPathText({ written, at }: LintedPath, server: Server, report: Report): void {
  const { path, pathType, isStored } = written;
  if (isStrict(path)) return;
  const misread = MISREADINGS.find(
    ({ found, means }) => found.test(path) && (means === 'always' || server.regexFrom === undefined),
  );
  if (misread !== undefined) {
    const text = misread.found.exec(path)?.[0] ?? '';
    const message = `no usual request matches the path "${path}" of ${shownHost(server)}: ${misread.problem(text)}${idleGuardNote(written)}`;
    report({ rule: literalPath, message, help: misread.help(path, text), at });
    return;
  }
  if (pathType === 'ImplementationSpecific') return;
  const message = `the admission webhook of ingress-nginx rejects the path "${path}" with pathType ${pathType}`;
  const help = 'write `pathType: ImplementationSpecific`';
  report({ rule: refusedPathType, message, help, at, ...(isStored === true ? { severity: 'info' } : {}) });
}

/** Finds paths that are not what their author took them for, because of their characters. */
export function checkPathTexts(server: Server, paths: readonly LintedPath[], report: Report): void {
  for (const path of paths) checkPathText(path, server, report);
}
