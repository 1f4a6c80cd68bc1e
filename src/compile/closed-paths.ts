import type { Report } from '../diagnostics/diagnostic.ts';
import { problemOfText } from '../routing/text.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { keyOfPath } from './hosts.ts';
import { problemOfRegex } from '../routing/pcre.ts';
import { invalidRegex, unwritablePath } from './rules/paths.ts';

/** The paths of a host, all of which nginx can read. */
export interface Paths {
  /** By path type and path. */
  readonly paths: ReadonlyMap<string, PathDraft>;
  /** Those that stand for all that begins like them, whatever follows. */
  readonly begins: ReadonlySet<PathDraft>;
  /** Those of them that would have been, or may have been, expressions, for which case does not count. */
  readonly caseless: ReadonlySet<PathDraft>;
  /** Closed expressions of a host that has no others. */
  readonly expressions: ReadonlySet<PathDraft>;
  /** Why a path is closed that is not closed with its Ingress. */
  readonly reasons: ReadonlyMap<PathDraft, string>;
  /** A number that is the greater the younger the path is. */
  readonly ageOf: (draft: PathDraft) => number;
}

/** Nothing can be wrong with such a path, be it an expression or not, and it means nothing else if it is one. */
export const SURELY_READABLE = /^[\w/.~-]{0,1000}$/;

function areAllPlain({ paths }: HostDraft): boolean {
  for (const { path, plan } of paths.values()) {
    if (plan?.isDropped === true || !SURELY_READABLE.test(path)) return false;
  }
  return true;
}

/** Whether a path is, or would have been, a regular expression. */
function isExpression({ path, plan }: PathDraft, isRegexHost: boolean): boolean {
  return isRegexHost || (plan?.isDropped === true && plan.meantRegex?.(path) === true);
}

/** Whether nginx can read the path; what it cannot is reported. */
function isWritable(draft: PathDraft, isRegexHost: boolean, report: Report): boolean {
  const unwritable = problemOfText(draft.path, '(?i)^/');
  const broken =
    unwritable === undefined && isExpression(draft, isRegexHost) ? problemOfRegex(`^${draft.path}`) : undefined;
  if (unwritable === undefined && broken === undefined) return true;
  const at = draft.from[0]?.field;
  const place = at === undefined ? {} : { at };
  const shown = JSON.stringify(draft.path.slice(0, 100));
  if (unwritable !== undefined) {
    const help = 'write the path as browsers show it; until then paths that begin like it answer 503';
    report({ rule: unwritablePath, message: `the path ${shown} ${unwritable}`, help, ...place });
    return false;
  }
  const message = `invalid regular expression in path ${shown}: ${broken}`;
  const help = 'correct the expression; until then paths that begin like it answer 503';
  report({ rule: invalidRegex, message, help, ...place });
  return false;
}

/** What a path begins with before anything that has a meaning in an expression. */
function literalBegin(path: string): string {
  const literal = /^(?:(?![()[\]{}*+?|^$\\\p{Cc}\p{Cf}\p{Cs}]).)*/u.exec(path)?.[0] ?? '';
  return literal.slice(0, 1000);
}

/** Whether what a path means can only be guessed: a refused Ingress may have lost what makes it an expression. */
function isGuess(draft: PathDraft, isRegexHost: boolean): boolean {
  const { plan, path } = draft;
  if (plan?.isDropped !== true || isRegexHost) return false;
  const { isRefused, mayHaveExpressions } = plan.ingress;
  return (
    plan.meantRegex?.(path) === true || (isRefused && (mayHaveExpressions === true || literalBegin(path) !== path))
  );
}

/**
 * An expression for what begins like a path in another case. It leaves the case of the path itself to prefixes, of which
 * others may have longer ones. Undefined for a path without letters.
 */
export function otherCase(path: string): string | undefined {
  if (!/[a-z]/i.test(path)) return undefined;
  const rest = path.slice(1).replaceAll('.', String.raw`\.`);
  return `^/(?!(?-i:${rest}))${rest}`;
}

const NONE: ReadonlySet<PathDraft> = new Set();
const NO_REASONS: ReadonlyMap<PathDraft, string> = new Map();

function agesOf({ paths }: HostDraft): Map<PathDraft, number> {
  return new Map(Array.from(paths.values(), (draft, age) => [draft, age]));
}

/** The paths of a host of which nothing has to be closed. */
function asWritten(host: HostDraft): Paths {
  let ages: ReadonlyMap<PathDraft, number> | undefined;
  // Few paths are equal, and nobody else asks how old they are.
  const ageOf = (draft: PathDraft): number => (ages ??= agesOf(host)).get(draft) ?? 0;
  return { paths: host.paths, begins: NONE, caseless: NONE, expressions: NONE, reasons: NO_REASONS, ageOf };
}

/**
 * The paths of a host, with those closed that cannot be served as they are written: they guard something, perhaps, so
 * that what begins like one is closed, lest a broader path serve it. Where the path that it begins with is another
 * Ingress's, the expression alone is closed; and if it cannot be read, and its Ingress keeps somebody out, that path is.
 */
export function readablePaths(host: HostDraft, isRegexHost: boolean, report: Report): Paths {
  if (areAllPlain(host)) return asWritten(host);
  const paths = new Map<string, PathDraft>();
  const ages = agesOf(host);
  const unreadable: { readonly draft: PathDraft; readonly isWritten: boolean }[] = [];
  for (const [key, draft] of host.paths) {
    const isWritten = isWritable(draft, isRegexHost, report);
    if (isWritten && !isGuess(draft, isRegexHost)) paths.set(key, draft);
    else unreadable.push({ draft, isWritten });
  }
  const begins = new Set<PathDraft>();
  const caseless = new Set<PathDraft>();
  const expressions = new Set<PathDraft>();
  const reasons = new Map<PathDraft, string>();
  for (const { draft, isWritten } of unreadable) {
    const begin: PathDraft = { ...draft, path: literalBegin(draft.path), isExact: false, written: undefined };
    ages.set(begin, ages.get(draft) ?? 0);
    const key = keyOfPath(begin.path, false);
    const holder = paths.get(key);
    if (holder === undefined || holder.origin === 'rest' || holder.plan?.isDropped === true) {
      paths.set(key, begin);
      begins.add(begin);
      const isText = !isExpression(draft, isRegexHost) && !isGuess(draft, isRegexHost);
      if (!isRegexHost && !isText) caseless.add(begin);
      reasons.set(begin, 'the path is invalid');
    } else if (isWritten && problemOfRegex(`^${draft.path}`) === undefined) expressions.add(draft);
    else if (holder.plan !== draft.plan && draft.plan?.isGuarded === true) {
      reasons.set(holder, 'an invalid path of another Ingress begins like it');
    }
  }
  return { paths, begins, caseless, expressions, reasons, ageOf: draft => ages.get(draft) ?? 0 };
}
