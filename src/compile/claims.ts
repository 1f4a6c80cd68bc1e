import { keptOf } from '../diagnostics/each.ts';
import type { IngressRule } from '../resources/model.ts';
import { isHostPattern, patternRegex } from '../routing/hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import type { IngressPlan } from './plan.ts';

/** A rule for a host, with the Ingress that it stands in. */
export interface Claim {
  readonly plan: IngressPlan;
  readonly rule: IngressRule;
}

/** A host with all rules for it, in the order of the Ingresses. The same object as long as they are the same. */
export interface HostClaims {
  readonly host: string;
  readonly claims: readonly Claim[];
}

/** The rules of all Ingresses. */
export interface AllClaims {
  /** There even without rules. */
  readonly ofDefault: HostClaims;
  /** The other hosts in ASCII order, patterns first. */
  readonly hosts: readonly HostClaims[];
}

/** Rules from one compilation to the next. */
export interface ClaimsMemory {
  last: (AllClaims & { readonly plans: readonly IngressPlan[]; readonly byHost: Map<string, HostClaims> }) | undefined;
}

const NONE: readonly Claim[] = [];

function hostOf({ rule }: Claim): string {
  return rule.host === '' ? DEFAULT_HOST : rule.host;
}

/** The rules of all Ingresses by host, in the order of the Ingresses. */
export function gatherClaims(plans: readonly IngressPlan[], memory: ClaimsMemory | undefined): AllClaims {
  const made = memory?.last === undefined ? undefined : updated(plans, memory.last);
  const all = made ?? gatherAll(plans);
  if (memory !== undefined) memory.last = { plans, ...all };
  return all;
}

function gatherAll(plans: readonly IngressPlan[]): Omit<NonNullable<ClaimsMemory['last']>, 'plans'> {
  const lists = new Map<string, Claim[]>([[DEFAULT_HOST, []]]);
  for (const plan of plans) {
    for (const claim of plan.claims) {
      const host = hostOf(claim);
      const claims = lists.get(host);
      if (claims === undefined) lists.set(host, [claim]);
      else claims.push(claim);
    }
  }
  const patterns = [...lists.keys()].filter(isHostPattern);
  if (patterns.length > 0) addPatterns(lists, patterns, plans);
  const byHost = new Map<string, HostClaims>();
  for (const [host, claims] of lists) byHost.set(host, { host, claims });
  const names = [...lists.keys()].filter(host => host !== DEFAULT_HOST).toSorted();
  const ordered =
    patterns.length === 0 ? names : [...names.filter(isHostPattern), ...names.filter(host => !isHostPattern(host))];
  const hosts = ordered.flatMap(host => byHost.get(host) ?? []);
  return { byHost, hosts, ofDefault: byHost.get(DEFAULT_HOST) ?? { host: DEFAULT_HOST, claims: NONE } };
}

/** What a pattern closes is closed in the hosts that it fits, too: nginx asks their names first. */
function addPatterns(byHost: Map<string, Claim[]>, patterns: readonly string[], plans: readonly IngressPlan[]): void {
  const ranks = new Map(plans.map((plan, rank) => [plan, rank]));
  const rankOf = ({ plan }: Claim): number => ranks.get(plan) ?? 0;
  const all = patterns.map(pattern => ({
    regex: new RegExp(patternRegex(pattern)),
    claims: byHost.get(pattern) ?? [],
  }));
  for (const [host, claims] of byHost) {
    if (isHostPattern(host)) continue;
    const fitting = all.filter(({ regex }) => regex.test(host));
    if (fitting.length === 0) continue;
    const added = [...claims, ...fitting.flatMap(each => each.claims)];
    byHost.set(
      host,
      added.toSorted((a, b) => rankOf(a) - rankOf(b)),
    );
  }
}

/** The rules of before with those of Ingresses that came, and without those of such that went; undefined with patterns. */
function updated(
  plans: readonly IngressPlan[],
  { plans: before, byHost, hosts, ofDefault }: NonNullable<ClaimsMemory['last']>,
): Omit<NonNullable<ClaimsMemory['last']>, 'plans'> | undefined {
  const { start, endBefore, endNow } = keptOf(before, plans);
  const between = new Set(plans.slice(start, endNow));
  const gone = new Set(before.slice(start, endBefore).filter(plan => !between.delete(plan)));
  const touched = new Map<string, Claim[]>();
  for (const plan of gone) for (const claim of plan.claims) touched.set(hostOf(claim), []);
  for (const plan of between) for (const claim of plan.claims) touched.set(hostOf(claim), []);
  const first = hosts[0]?.host ?? '';
  if (isHostPattern(first) || [...touched.keys()].some(isHostPattern)) return undefined;
  // Those that stay have changed their order if more than these moved.
  if (hasMoved(before.slice(start, endBefore), plans.slice(start, endNow), gone, between)) return undefined;
  for (const [host, list] of touched)
    for (const claim of byHost.get(host)?.claims ?? NONE) if (!gone.has(claim.plan)) list.push(claim);
  for (const plan of between) for (const claim of plan.claims) touched.get(hostOf(claim))?.push(claim);
  sortAll([...touched.values()], plans);
  return { byHost, ...replaced(touched, { byHost, hosts, ofDefault }) };
}

function hasMoved(
  before: readonly IngressPlan[],
  now: readonly IngressPlan[],
  gone: ReadonlySet<IngressPlan>,
  come: ReadonlySet<IngressPlan>,
): boolean {
  const stayed = before.filter(plan => !gone.has(plan));
  let index = 0;
  for (const plan of now) {
    if (come.has(plan)) continue;
    if (plan !== stayed[index]) return true;
    index += 1;
  }
  return false;
}

/** Sorts lists by the order of the Ingresses, of which only few are looked for. */
function sortAll(lists: readonly Claim[][], plans: readonly IngressPlan[]): void {
  const mixed = lists.filter(([first, ...others]) => others.some(({ plan }) => plan !== first?.plan));
  if (mixed.length === 0) return;
  const wanted = new Set(mixed.flatMap(list => list.map(({ plan }) => plan)));
  const ranks = new Map(plans.filter(plan => wanted.has(plan)).map((plan, rank) => [plan, rank]));
  for (const list of mixed) list.sort((a, b) => (ranks.get(a.plan) ?? 0) - (ranks.get(b.plan) ?? 0));
}

/** Puts lists in the place of others; hosts come and go. */
function replaced(
  touched: ReadonlyMap<string, readonly Claim[]>,
  { byHost, hosts, ofDefault }: AllClaims & { readonly byHost: Map<string, HostClaims> },
): AllClaims {
  const ordered = [...hosts];
  let ofAll = ofDefault;
  for (const [host, claims] of touched) {
    const now = { host, claims };
    if (host === DEFAULT_HOST) {
      ofAll = now;
      byHost.set(host, now);
      continue;
    }
    const isOld = byHost.has(host);
    const place = placeOf(host, ordered);
    if (claims.length === 0) {
      byHost.delete(host);
      if (isOld) ordered.splice(place, 1);
      continue;
    }
    byHost.set(host, now);
    ordered.splice(place, isOld ? 1 : 0, now);
  }
  return { hosts: ordered, ofDefault: ofAll };
}

/** Where a host is, or would be, among hosts in ASCII order. */
function placeOf(host: string, hosts: readonly HostClaims[]): number {
  let [low, high] = [0, hosts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hosts[middle]?.host ?? '') < host) low = middle + 1;
    else high = middle;
  }
  return low;
}
