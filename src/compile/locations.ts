import type { Report } from '../diagnostics/diagnostic.ts';
import type { Location, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import { problemOfText } from '../routing/text.ts';
import { problemOfRegex } from './pcre.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { keyOfPath, shownHost } from './hosts.ts';
import { invalidRegex, pathConflict, samePrefix, unwritablePath } from './rules.ts';

export interface LocationContext {
  /** Whether nginx reads the paths of the host as regular expressions. */
  readonly isRegexHost: boolean;
  readonly hasTls: boolean;
  readonly targetOf: (draft: PathDraft) => Target;
  readonly report: Report;
}

/**
 * Orders the paths of a host as the controller does: the longest first, equally long ones by path, descending, equal
 * ones as they came. nginx needs this order for regular expressions only; the others keep it so that equal input gives
 * equal bytes.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 */
function inControllerOrder(drafts: Iterable<PathDraft>): readonly PathDraft[] {
  const keyed = [...drafts].map(draft => ({ draft, bytes: Buffer.byteLength(draft.path) }));
  keyed.sort((a, b) => {
    if (a.bytes !== b.bytes) return b.bytes - a.bytes;
    if (a.draft.path === b.draft.path) return 0;
    return a.draft.path < b.draft.path ? 1 : -1;
  });
  return keyed.map(({ draft }) => draft);
}

/** The paths of a host, all of which nginx can read. */
interface Paths {
  readonly paths: HostDraft['paths'];
  /** Those that stand for a path that it cannot read. */
  readonly broken: ReadonlySet<PathDraft>;
}

/** A path of a location, before it is known whether its host has expressions. */
interface Candidate {
  readonly isExact: boolean;
  /** Begins with `/`. */
  readonly path: string;
  readonly draft: PathDraft;
}

function wantsRegex({ path, draft: { plan, origin } }: Omit<Candidate, 'isExact'>): boolean {
  return origin !== 'catch-all' && (plan?.wantsRegex(path) ?? false);
}

/**
 * The locations of a path. A prefix `/foo` covers `/foo` and what is below `/foo/`, not `/foobar`; a path that is
 * rewritten or a regular expression stays one location.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/location.go, updateServerLocations.
 */
function candidatesOf(draft: PathDraft, { paths, broken }: Paths): readonly Candidate[] {
  const { path, isExact } = draft;
  if (isExact || broken.has(draft) || path.endsWith('/') || wantsRegex({ path, draft }))
    return [{ isExact, path, draft }];
  const folder = { isExact: false, path: `${path}/`, draft };
  return paths.has(keyOfPath(path, true)) ? [folder] : [folder, { isExact: true, path, draft }];
}

/**
 * The first path for which nginx reads all paths of a host as expressions; undefined if it reads them as they are. What
 * decides are the locations, not the paths of the rules: a prefix `/foo` that is its own rewrite target leaves `/foo`
 * alone, but not `/foo/`.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, enforceRegexModifier.
 */
export function firstExpression({ paths }: HostDraft): PathDraft | undefined {
  const asWritten = { paths, broken: new Set<PathDraft>() };
  return [...paths.values()].find(draft => candidatesOf(draft, asWritten).some(wantsRegex));
}

/** A path as nginx sees it. */
interface Match extends Candidate {
  readonly match: Location['match'];
  readonly text: string;
}

function matchOf(candidate: Candidate, isRegexHost: boolean): Match {
  if (isRegexHost) return { ...candidate, match: 'regex', text: `^${candidate.path}` };
  return { ...candidate, match: candidate.isExact ? 'exact' : 'prefix', text: candidate.path };
}

/** Whether nginx can read the path; what it cannot is reported. */
function isWritable(draft: PathDraft, isRegexHost: boolean, report: Report): boolean {
  const at = draft.from[0]?.field;
  const place = at === undefined ? {} : { at };
  const shown = JSON.stringify(draft.path.slice(0, 100));
  const unwritable = problemOfText(draft.path, '(?i)^/');
  if (unwritable !== undefined) {
    const help = 'write the path as browsers show it; until then what begins like it answers 503';
    report({ rule: unwritablePath, message: `the path ${shown} ${unwritable}`, help, ...place });
    return false;
  }
  const broken = isRegexHost ? problemOfRegex(`^${draft.path}`) : undefined;
  if (broken === undefined) return true;
  const message = `the path ${shown} is read as a regular expression, and cannot be: ${broken}`;
  const help = 'correct the expression; until then what begins like it answers 503';
  report({ rule: invalidRegex, message, help, ...place });
  return false;
}

/** What a path begins with before anything that has a meaning in an expression. */
function literalBegin(path: string): string {
  const literal = /^(?:(?![()[\]{}*+?|^$\\\p{Cc}\p{Cf}\p{Cs}]).)*/u.exec(path)?.[0] ?? '';
  return literal.slice(0, 1000);
}

/**
 * A path that cannot be read guards something, perhaps: what begins like it is closed, so that no broader path serves
 * it. A path of another rule that is the same text goes first.
 */
function closeBroken(host: HostDraft, isRegexHost: boolean, report: Report): Paths {
  const paths = new Map<string, PathDraft>();
  const broken = new Set<PathDraft>();
  for (const [key, draft] of host.paths) {
    const literal = literalBegin(draft.path);
    const isGuess = draft.plan?.ingress.isRefused === true && literal !== draft.path;
    if (!isGuess && isWritable(draft, isRegexHost, report)) paths.set(key, draft);
    else broken.add({ ...draft, path: literal, isExact: false, written: undefined });
  }
  for (const draft of broken) {
    const key = keyOfPath(draft.path, false);
    const holder = paths.get(key);
    if (holder === undefined || holder.origin === 'rest') paths.set(key, draft);
  }
  return { paths, broken };
}

/** What a location does besides leading somewhere; a closed one does nothing else. */
function policiesOf({ path, draft }: Match, hasTls: boolean): Policies {
  const { plan, origin } = draft;
  return plan === undefined ? {} : plan.policiesFor({ path, hasTls, isCatchAll: origin === 'catch-all' });
}

/** The locations of a host, complete, in the order in which nginx must try regular expressions. */
export function locationsOf(host: HostDraft, context: LocationContext): readonly Location[] {
  const { isRegexHost, report, hasTls, targetOf } = context;
  const closedHost = host.plans.find(plan => plan.deniedHost !== undefined)?.deniedHost;
  const readable = closeBroken(host, isRegexHost, report);
  const locations: Location[] = [];
  const taken = new Map<string, PathDraft>();
  for (const candidate of inControllerOrder(readable.paths.values()).flatMap(draft => candidatesOf(draft, readable))) {
    const match = matchOf(candidate, isRegexHost);
    const { draft, text } = match;
    if (!isFree(match, taken, { host, report })) continue;
    taken.set(`${match.match} ${text}`, draft);
    const unreadable = readable.broken.has(draft) ? 'the path cannot be read' : undefined;
    const reason = closedHost ?? draft.plan?.denied ?? unreadable;
    const target = reason === undefined ? targetOf(draft) : closed(reason);
    const policies = reason === undefined ? policiesOf(match, hasTls) : {};
    const written = draft.written === undefined ? {} : { written: draft.written };
    locations.push({ match: match.match, path: text, policies, target, ...written, from: draft.from });
  }
  return locations;
}

function closed(reason: string): Target {
  return { kind: 'status', code: 503, reason };
}

/**
 * nginx refuses two equal locations, and never comes to the second of two equal expressions: it is left out, and said.
 */
function isFree(
  { match, text, draft, path }: Match,
  taken: ReadonlyMap<string, PathDraft>,
  { host, report }: { readonly host: HostDraft; readonly report: Report },
): boolean {
  const holder = taken.get(`${match} ${text}`);
  if (holder === undefined) return true;
  const [winner] = holder.from;
  const related = winner === undefined ? [] : [{ message: `"${holder.path}" is here`, at: winner.field }];
  const by = winner === undefined ? 'the default backend' : winner.resource;
  const at = draft.from[0]?.field;
  const place = { help: 'keep one of the two', related, ...(at === undefined ? {} : { at }) };
  if (match === 'prefix' || holder.path !== draft.path) {
    const message = `"${draft.path}" and "${holder.path}" are the same folder; ${by} serves it`;
    report({ rule: samePrefix, message, ...place });
    return false;
  }
  const message = `no request reaches the path "${path}" of ${shownHost(host)}: the same expression comes first, from ${by}`;
  report({ rule: pathConflict, message, ...place });
  return false;
}
