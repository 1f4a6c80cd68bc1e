import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Location, Target } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { Paths } from './closed-paths.ts';
import { otherCase, readablePaths } from './closed-paths.ts';
import type { Destinations, Ending, HostFacts } from './destinations.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { keyOfPath, shownHost } from './hosts.ts';
import { pathConflict, samePrefix } from './rules/paths.ts';

export interface LocationContext {
  readonly facts: HostFacts;
  readonly destinations: Destinations;
  readonly report: Report;
}

/**
 * Orders the paths of a host as the controller does: the longest first, equally long ones by path, descending, equal
 * ones as they came. nginx needs this order for regular expressions only; the others keep it so that equal input gives
 * equal bytes.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 */
export function inControllerOrder(drafts: readonly PathDraft[]): readonly PathDraft[] {
  if (drafts.length < 2) return drafts;
  const keyed = drafts.map(draft => ({ draft, bytes: Buffer.byteLength(draft.path) }));
  keyed.sort((a, b) => {
    if (a.bytes !== b.bytes) return b.bytes - a.bytes;
    if (a.draft.path === b.draft.path) return 0;
    return a.draft.path < b.draft.path ? 1 : -1;
  });
  return keyed.map(({ draft }) => draft);
}

/** A path as nginx sees it. */
interface Match {
  readonly match: Location['match'];
  /** Begins with `/`. */
  readonly path: string;
  readonly text: string;
  /** Equal for locations that nginx takes for the same. */
  readonly key: string;
  readonly draft: PathDraft;
}

function matchOf(draft: PathDraft, path: string, match: Location['match']): Match {
  const text = match === 'regex' ? `^${path}` : path;
  return { match, path, text, key: keyOfMatch(match, text), draft };
}

function wantsRegex({ plan, origin }: PathDraft, path: string): boolean {
  return origin !== 'catch-all' && (plan?.policies?.wantsRegex?.(path) ?? false);
}

/**
 * The locations of a path. A prefix `/foo` covers `/foo` and what is below `/foo/`, not `/foobar`; a path that is
 * rewritten or a regular expression stays one location.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/location.go, updateServerLocations.
 *
 * @param add takes them, the folder first
 */
function splitPath(
  draft: PathDraft,
  { paths, begins }: Pick<Paths, 'paths' | 'begins'>,
  add: (draft: PathDraft, path: string, isExact: boolean) => unknown,
): void {
  const { path, isExact } = draft;
  const isBegin = begins.has(draft);
  // What begins like it includes its folder, which a younger path may name.
  if (isBegin && paths.has(keyOfPath(`${path}/`, false))) {
    add(draft, `${path}/`, false);
    add(draft, path, isExact);
  } else if (isExact || isBegin || path.endsWith('/') || wantsRegex(draft, path)) {
    add(draft, path, isExact);
  } else {
    add(draft, `${path}/`, false);
    if (!paths.has(keyOfPath(path, true))) add(draft, path, true);
  }
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
    if (draft.plan?.policies?.wantsRegex === undefined) continue;
    const split: string[] = [];
    splitPath(draft, asWritten, (_, path) => split.push(path));
    if (split.some(path => wantsRegex(draft, path))) return draft;
  }
  return undefined;
}

/** The locations of a host, before it is known which of equal ones is kept; in the order of the controller. */
function matchesOf(readable: Paths, isRegexHost: boolean): readonly Match[] {
  const { paths, expressions, caseless } = readable;
  const matches: Match[] = [];
  const add = (draft: PathDraft, path: string, isExact: boolean): void => {
    matches.push(matchOf(draft, path, isRegexHost ? 'regex' : isExact ? 'exact' : 'prefix'));
  };
  for (const draft of inControllerOrder([...paths.values(), ...expressions])) {
    if (expressions.has(draft)) {
      matches.push(matchOf(draft, draft.path, 'regex'));
      continue;
    }
    splitPath(draft, readable, add);
    const text = caseless.has(draft) ? otherCase(draft.path) : undefined;
    if (text !== undefined)
      matches.push({ match: 'regex', path: draft.path, text, key: keyOfMatch('regex', text), draft });
  }
  return matches;
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
  const { facts, report } = context;
  const isPauseDue = pauses();
  const readable = readablePaths(host, facts.isRegex, report);
  if (isPauseDue(host.paths.size)) yield;
  const matches = matchesOf(readable, facts.isRegex);
  if (isPauseDue(matches.length)) yield;
  const owners = ownersOf(matches, readable);
  const closedHost = host.plans.find(plan => plan.deniedHost !== undefined)?.deniedHost;
  const reasonOf = (draft: PathDraft): string | undefined =>
    closedHost ?? draft.plan?.denied ?? readable.reasons.get(draft) ?? draft.closed ?? withoutService(draft);
  const locations: Location[] = [];
  // The locations of a path come one after the other, and end alike.
  let current: PathDraft | undefined;
  let ending: Ending | undefined;
  for (const match of matches) {
    if (isPauseDue(1)) yield;
    const owner = owners.get(match.key);
    if (owner !== match) {
      if (owner !== undefined) reportLoser(match, owner, { host, owners, report });
      continue;
    }
    const { draft } = match;
    if (draft !== current || ending === undefined) {
      ending = endingOf(draft, reasonOf(draft), closedHost === undefined ? 503 : 403, context);
      current = draft;
    }
    locations.push(locationOf(match, ending));
  }
  return locations;
}

function locationOf({ match, path, text, draft: { written, from } }: Match, ending: Ending): Location {
  const { policies, target } = ending(path);
  return written === undefined
    ? { match, path: text, policies, target, from }
    : { match, path: text, policies, target, from, written };
}

/** @param reason why a path is closed; undefined if it is not */
function endingOf(
  draft: PathDraft,
  reason: string | undefined,
  code: 403 | 503,
  { facts, destinations }: LocationContext,
): Ending {
  if (reason === undefined) return destinations.endingOf(draft, facts);
  destinations.lookAt(draft);
  const ends = { policies: {}, target: closed(reason, code) };
  return () => ends;
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
