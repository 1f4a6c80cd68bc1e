import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Location, Target } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { Paths } from './closed-paths.ts';
import { otherCase, readablePaths } from './closed-paths.ts';
import type { Destinations } from './destinations.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { keyOfPath, shownHost } from './hosts.ts';
import { pathConflict, samePrefix } from './rules/paths.ts';

export interface LocationContext {
  /** Whether nginx reads the paths of the host as regular expressions. */
  readonly isRegexHost: boolean;
  readonly destinations: Pick<Destinations, 'endOf' | 'lookAt'>;
  readonly report: Report;
}

/**
 * Orders the paths of a host as the controller does: the longest first, equally long ones by path, descending, equal
 * ones as they came. nginx needs this order for regular expressions only; the others keep it so that equal input gives
 * equal bytes.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 */
export function inControllerOrder(drafts: Iterable<PathDraft>): readonly PathDraft[] {
  const keyed = [...drafts].map(draft => ({ draft, bytes: Buffer.byteLength(draft.path) }));
  keyed.sort((a, b) => {
    if (a.bytes !== b.bytes) return b.bytes - a.bytes;
    if (a.draft.path === b.draft.path) return 0;
    return a.draft.path < b.draft.path ? 1 : -1;
  });
  return keyed.map(({ draft }) => draft);
}

/** A path of a location, before it is known whether its host has expressions. */
interface Candidate {
  readonly isExact: boolean;
  /** Begins with `/`. */
  readonly path: string;
  readonly draft: PathDraft;
}

function wantsRegex({ path, draft: { plan, origin } }: Omit<Candidate, 'isExact'>): boolean {
  return origin !== 'catch-all' && (plan?.policies?.wantsRegex(path) ?? false);
}

/**
 * The locations of a path. A prefix `/foo` covers `/foo` and what is below `/foo/`, not `/foobar`; a path that is
 * rewritten or a regular expression stays one location.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/location.go, updateServerLocations.
 */
function candidatesOf(draft: PathDraft, { paths, begins }: Pick<Paths, 'paths' | 'begins'>): readonly Candidate[] {
  const { path, isExact } = draft;
  const folder = { isExact: false, path: `${path}/`, draft };
  // What begins like it includes its folder, which a younger path may name.
  if (begins.has(draft) && paths.has(keyOfPath(folder.path, false))) return [folder, { isExact, path, draft }];
  if (isExact || begins.has(draft) || path.endsWith('/') || wantsRegex({ path, draft }))
    return [{ isExact, path, draft }];
  return paths.has(keyOfPath(path, true)) ? [folder] : [folder, { isExact: true, path, draft }];
}

/**
 * The first path for which nginx reads all paths of a host as expressions; undefined if it reads them as they are. What
 * decides are the locations, not the paths of the rules: a prefix `/foo` that is its own rewrite target leaves `/foo`
 * alone, but not `/foo/`.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, enforceRegexModifier.
 */
export function firstExpression({ paths }: HostDraft): PathDraft | undefined {
  const asWritten = { paths, begins: new Set<PathDraft>() };
  for (const draft of paths.values()) {
    const mayBeOne = wantsRegex({ path: draft.path, draft }) || wantsRegex({ path: `${draft.path}/`, draft });
    if (mayBeOne && candidatesOf(draft, asWritten).some(wantsRegex)) return draft;
  }
  return undefined;
}

/** A path as nginx sees it. */
interface Match extends Candidate {
  readonly match: Location['match'];
  readonly text: string;
  /** Equal for locations that nginx takes for the same. */
  readonly key: string;
}

function matchOf({ path, isExact, draft }: Candidate, isRegexHost: boolean): Match {
  const match = isRegexHost ? 'regex' : isExact ? 'exact' : 'prefix';
  const text = isRegexHost ? `^${path}` : path;
  return { path, isExact, draft, match, text, key: keyOfMatch(match, text) };
}

/** The locations of a host, before it is known which of equal ones is kept; in the order of the controller. */
function matchesOf(readable: Paths, isRegexHost: boolean): readonly Match[] {
  const drafts = inControllerOrder([...readable.paths.values(), ...readable.expressions]);
  return drafts.flatMap(draft => {
    if (readable.expressions.has(draft)) return [matchOf({ isExact: false, path: draft.path, draft }, true)];
    const matches = candidatesOf(draft, readable).map(candidate => matchOf(candidate, isRegexHost));
    const text = readable.caseless.has(draft) ? otherCase(draft.path) : undefined;
    if (text === undefined) return matches;
    return [
      ...matches,
      { isExact: false, path: draft.path, draft, match: 'regex', text, key: keyOfMatch('regex', text) },
    ];
  });
}

/** Equal for locations that nginx takes for the same. */
function keyOfMatch(match: Location['match'], text: string): string {
  return `${match} ${text}`;
}

/**
 * Of locations that nginx takes for the same, the one that is served: that of the older Ingress, and of one Ingress the
 * first in the order of the controller. Of expressions the first is served in any case: nginx takes several equal ones,
 * and never comes to the others.
 */
function ownersOf(matches: readonly Match[], { ageOf }: Paths): ReadonlyMap<string, Match> {
  const owners = new Map<string, Match>();
  for (const match of matches) {
    const { key } = match;
    const holder = owners.get(key);
    const isOlder =
      holder !== undefined && holder.draft.plan !== match.draft.plan && ageOf(match.draft) < ageOf(holder.draft);
    if (holder === undefined || (isOlder && match.match !== 'regex')) owners.set(key, match);
  }
  return owners;
}

/** The locations of a host, complete, in the order in which nginx must try regular expressions. */
export function* locationsOf(host: HostDraft, context: LocationContext): Steps<readonly Location[]> {
  const { isRegexHost, report, destinations } = context;
  const closedHost = host.plans.find(plan => plan.deniedHost !== undefined)?.deniedHost;
  const readable = readablePaths(host, isRegexHost, report);
  yield;
  const locations: Location[] = [];
  const matches = matchesOf(readable, isRegexHost);
  yield;
  const owners = ownersOf(matches, readable);
  const isPauseDue = pauses();
  for (const match of matches) {
    if (isPauseDue(1)) yield;
    const owner = owners.get(match.key);
    if (owner !== match) {
      if (owner !== undefined) reportLoser(match, owner, { host, owners, report });
      continue;
    }
    const { draft, text } = match;
    const reason =
      closedHost ?? draft.plan?.denied ?? readable.reasons.get(draft) ?? draft.closed ?? withoutService(draft);
    if (reason !== undefined) destinations.lookAt(draft);
    const { written, from } = draft;
    const ends =
      reason === undefined
        ? destinations.endOf(draft, match.path)
        : { policies: {}, target: closed(reason, closedHost === undefined ? 503 : 403) };
    const location = { match: match.match, path: text, ...ends, from };
    locations.push(written === undefined ? location : { ...location, written });
  }
  return locations;
}

/** Why a backend closes its locations; one that is missing altogether is the default backend. */
function withoutService({ backend }: PathDraft): string | undefined {
  switch (backend?.kind) {
    case 'resource':
      return 'the backend is not a Service';
    case 'unreadable':
      return 'the backend cannot be read';
    case 'service':
    case undefined:
      return undefined;
  }
}

/** A whole host is closed where nobody can tell who may enter it. */
function closed(reason: string, code: 403 | 503): Target {
  return { kind: 'status', code, reason };
}

interface LoserContext {
  readonly host: HostDraft;
  readonly owners: ReadonlyMap<string, Match>;
  readonly report: Report;
}

/** nginx refuses two equal locations, and never comes to the second of two equal expressions: it is left out, and said. */
function reportLoser(
  { match, draft, path }: Match,
  { draft: holder }: Match,
  { host, owners, report }: LoserContext,
): void {
  // What is wrong with an Ingress that dropped out has been said.
  if (draft.plan?.isDropped === true) return;
  const [winner] = holder.from;
  const related = winner === undefined ? [] : [{ message: `"${holder.path}" is here`, at: winner.field }];
  const by = winner === undefined ? 'the default backend' : objectText(winner.resource);
  const at = draft.from[0]?.field;
  const place = { help: 'keep one of the two', related, ...(at === undefined ? {} : { at }) };
  if (match === 'prefix' || holder.path !== draft.path) {
    const serves = holder.plan?.denied === undefined ? 'serves it' : 'has it, and is closed';
    const who = holder.plan === draft.plan ? `the path "${holder.path}"` : by;
    // A prefix without a slash at its end keeps its own text, if nobody else has that.
    const isItself = owners.get(keyOfMatch('exact', draft.path))?.draft === draft;
    const [own] = draft.from;
    const rest = isItself
      ? `, ${own === undefined ? 'the default backend' : objectText(own.resource)} only "${draft.path}" itself`
      : '';
    const message = `"${draft.path}" and "${holder.path}" are the same folder; ${who} ${serves}${rest}`;
    report({ rule: samePrefix, message, ...place });
    return;
  }
  const message = `no request reaches the path "${path}" of ${shownHost(host)}: the same expression comes first, from ${by}`;
  report({ rule: pathConflict, message, ...place });
}
