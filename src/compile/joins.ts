import type { Share } from '../annotations/family.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { below } from '../diagnostics/place.ts';
import type { IngressBackend, IngressPath, IngressRule } from '../resources/model.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { DEFAULT_HOST, keyOfPath } from './hosts.ts';
import { reportForeignServices, reportIgnored, reportLosers, reportNoHost, reportNoPath } from './join-findings.ts';
import type { IngressPlan } from './plan.ts';
import { keyOfBackend, referenceOf } from './service-ports.ts';
import type { Owned } from './service-owners.ts';
import { ownersOf } from './service-owners.ts';

/** An Ingress that takes a share of the requests of others, or one of which somebody may take it. */
export type Party = Pick<IngressPlan, 'ingress' | 'name' | 'policies' | 'isDropped' | 'share' | 'ignored'>;

/** A Service that takes a share of the requests of another one. */
export interface Join {
  /** The Ingress whose share it is. */
  readonly party: Party;
  readonly share: Share;
  readonly backend: BackendRef;
  /** Of the backend. */
  readonly key: string;
  /** Where it is named. */
  readonly at: FieldRef;
}

export interface Joins {
  /** By the key of the Service whose requests are shared. */
  readonly of: ReadonlyMap<string, Join>;
  /** The Services that belong to who takes a share, by their keys: no path of another Ingress leads there. */
  readonly taken: ReadonlyMap<string, Owned<Party>>;
}

/** What somebody wants to join: a path of a host, or all of the default server. */
export interface Wish {
  readonly party: Party;
  readonly backend: BackendRef;
  /** Of the Service that would take a share. */
  readonly key: string;
  readonly host: string;
  /** Both undefined for all of the default server. */
  readonly rule: IngressRule | undefined;
  readonly item: IngressPath | undefined;
  readonly at: FieldRef;
}

/** In the order of the controller: the default backend first, then the paths. */
function wishesOf(party: Party): readonly Wish[] {
  const { ingress } = party;
  const { defaultBackend, rules } = ingress;
  const wishes: Wish[] = [];
  const add = (named: IngressBackend, rest: Pick<Wish, 'host' | 'rule' | 'item' | 'at'>): void => {
    const backend = referenceOf(ingress, named);
    if (backend !== undefined) wishes.push({ party, backend, key: keyOfBackend(backend), ...rest });
  };
  if (defaultBackend !== undefined) {
    add(defaultBackend, { host: DEFAULT_HOST, rule: undefined, item: undefined, at: defaultBackend.at });
  }
  for (const rule of rules) {
    const host = rule.host === '' ? DEFAULT_HOST : rule.host;
    for (const item of rule.paths ?? []) add(item.backend, { host, rule, item, at: below(item.at, 'path') });
  }
  return wishes;
}

/** The key of the Service that a path leads to; of what leads to none nobody takes a share. */
export function mainKey({ plan, backend }: PathDraft): string | undefined {
  const reference = plan === undefined || plan.isDropped ? undefined : referenceOf(plan.ingress, backend);
  return reference === undefined ? undefined : keyOfBackend(reference);
}

function isSamePath({ path, isExact }: PathDraft, { item }: Wish): boolean {
  if (item === undefined) return true;
  const wanted = item.path === '' ? '/' : item.path;
  return keyOfPath(path, isExact) === keyOfPath(wanted, item.pathType === 'Exact');
}

/** What a wish comes to: the paths whose Services are joined, or why none is. */
type Met =
  | { readonly kind: 'joined'; readonly paths: readonly (readonly [key: string, path: PathDraft])[] }
  /** The host leads to the Service itself: nothing is done. */
  | { readonly kind: 'itself' }
  | { readonly kind: 'nothing' };

/**
 * Looks for what a wish fits. It stops at a path that leads to the Service itself, as the controller does.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, mergeAlternativeBackends, canMergeBackend.
 */
function meet(wish: Wish, draft: HostDraft, taken: Joins['taken']): Met {
  const paths: (readonly [string, PathDraft])[] = [];
  for (const path of draft.paths.values()) {
    const key = mainKey(path);
    // A path to a taken Service is none of the controller's, but for the rest of a host.
    if (key === undefined || (path.origin === 'rule' && taken.has(key))) continue;
    if (key === wish.key) return { kind: 'itself' };
    if (!taken.has(key) && isSamePath(path, wish)) paths.push([key, path]);
  }
  return paths.length === 0 ? { kind: 'nothing' } : { kind: 'joined', paths };
}

/** Whether a path is there that no request is led through: why has been said. */
function isClosed(wish: Wish, draft: HostDraft): boolean {
  return [...draft.paths.values()].some(
    path => isSamePath(path, wish) && (path.plan?.isDropped === true || path.backend?.kind === 'resource'),
  );
}

/** Who joins what. */
interface Joining {
  /** By the key of the Service that is joined, in the order in which they come. */
  readonly byMain: Map<string, Wish[]>;
  /** The Services that take no share at all, since a path of theirs has found nobody. */
  readonly lost: Set<string>;
  /** A path that somebody shares. */
  readonly paths: Map<Party, PathDraft>;
}

interface Meeting {
  readonly hosts: ReadonlyMap<string, HostDraft>;
  readonly taken: Joins['taken'];
  readonly report: Report;
}

function joinOne(wish: Wish, draft: HostDraft, { byMain, lost, paths }: Joining, on: Meeting): void {
  const met = meet(wish, draft, on.taken);
  if (met.kind === 'nothing') {
    lost.add(wish.key);
    if (!isClosed(wish, draft)) reportNoPath(wish, draft, on.report);
  }
  if (met.kind !== 'joined') return;
  for (const [key, path] of met.paths) {
    if (!paths.has(wish.party)) paths.set(wish.party, path);
    const others = byMain.get(key);
    if (others === undefined) byMain.set(key, [wish]);
    else if (others.every(other => other.key !== wish.key)) others.push(wish);
  }
}

function joinAll(parties: readonly Party[], on: Meeting): Joining {
  const joining: Joining = { byMain: new Map(), lost: new Set(), paths: new Map() };
  for (const party of parties) {
    const missing = new Set<string>();
    for (const wish of wishesOf(party)) {
      const draft = on.hosts.get(wish.host);
      if (draft === undefined && !missing.has(wish.host)) reportNoHost(wish, on.report);
      if (draft === undefined) missing.add(wish.host);
      // Of a host that is closed altogether it has been said why.
      else if (!joining.lost.has(wish.key) && isServed(draft)) joinOne(wish, draft, joining, on);
    }
  }
  return joining;
}

function isServed({ host, plans }: HostDraft): boolean {
  return host === DEFAULT_HOST || plans.some(({ isDropped }) => !isDropped);
}

/**
 * Decides who takes a share of whose requests. A share is taken of a Service, so of all paths that lead to it. Of several
 * that join one Service the first has it, those of the oldest Ingress before the others; the losers are reported.
 *
 * @param all the oldest first
 * @param hosts what those have made of it that take no share, by host
 */
export function joinShares(all: readonly Party[], hosts: ReadonlyMap<string, HostDraft>, report: Report): Joins {
  const parties = all.filter(({ share, isDropped }) => share !== undefined && !isDropped);
  const owners = ownersOf(all.filter(({ isDropped }) => !isDropped));
  const taken = new Map([...owners].filter(([, { owner }]) => owner.share !== undefined));
  const { byMain, lost, paths } = joinAll(parties, { hosts, taken, report });
  const of = new Map<string, Join>();
  for (const [key, [first]] of byMain) {
    const party = first === undefined ? undefined : taken.get(first.key)?.owner;
    if (first === undefined || party?.share === undefined || lost.has(first.key)) continue;
    const { backend, key: ownKey, at } = first;
    of.set(key, { party, share: party.share, backend, key: ownKey, at });
  }
  reportForeignServices(parties.flatMap(wishesOf), owners, report);
  reportLosers(byMain, lost, report);
  for (const [party, { plan }] of paths) if (plan !== undefined) reportIgnored(party, plan, report);
  return { of, taken };
}
