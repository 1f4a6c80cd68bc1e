import type { FamilyPlan } from '../annotations/family-plan.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import type { Ingress, IngressBackend } from '../resources/model.ts';
import type { Applied, Askers, Policies } from '../routing/policies.ts';
import type { IngressPlan } from './plan.ts';
import { keyOfBackend, referenceOf } from './service-ports.ts';

/** What one Ingress asks of a backend. */
interface Claim extends FamilyPlan {
  readonly ingress: Ingress;
  readonly maker: Ingress;
}

/** What was settled, by backend, from one compilation to the next. */
export interface ClaimMemory {
  readonly settled: Map<string, Remembered<Policies<'upstream'>>>;
  /** Those who ask for something. */
  readonly asking: PickMemory<IngressPlan, IngressPlan>;
  readonly leads: PickMemory<IngressPlan, Lead>;
}

/** The backends that an Ingress leads to, by their keys. */
interface Lead {
  readonly ingress: Ingress;
  readonly keys: ReadonlySet<string>;
  /** That of what no rule takes. */
  readonly ofDefault: string | undefined;
}

/** What is asked of the upstream of a backend, by its key. */
export type UpstreamPolicies = (key: string) => Policies<'upstream'>;

const NONE: Policies<'upstream'> = Object.freeze({});

/** The backends that an Ingress names: that of what no rule takes first. */
function namedBy({ rules, defaultBackend }: Ingress): readonly IngressBackend[] {
  const backends = defaultBackend === undefined ? [] : [defaultBackend];
  for (const { paths = [] } of rules) for (const { backend } of paths) backends.push(backend);
  return backends;
}

/**
 * The keys of backends that an Ingress leads to, each once.
 *
 * @param services those that are looked for: a name is looked up faster than a key is made
 */
function backendsOf(ingress: Ingress, services?: ReadonlySet<string>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const backend of namedBy(ingress)) {
    if (backend.kind !== 'service' || services?.has(backend.service) === false) continue;
    const reference = referenceOf(ingress, backend);
    if (reference !== undefined) keys.add(keyOfBackend(reference));
  }
  return keys;
}

/** @param services as with `backendsOf` */
function leadOf({ ingress, policies }: IngressPlan, services?: ReadonlySet<string>): Lead | undefined {
  if (policies === undefined) return undefined;
  const reference = referenceOf(ingress, ingress.defaultBackend);
  const ofDefault = reference === undefined ? undefined : keyOfBackend(reference);
  return { ingress, keys: backendsOf(ingress, services), ofDefault };
}

/**
 * The Ingress that makes each of these upstreams.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createUpstreams.
 */
function makersOf(leads: readonly Lead[], wanted: Wanted): ReadonlyMap<string, Ingress> {
  const makers = new Map<string, Ingress>();
  for (const { ingress, keys, ofDefault } of leads) {
    for (const key of keys) {
      if (wanted.has(key) && (key === ofDefault || !makers.has(key))) makers.set(key, ingress);
    }
  }
  return makers;
}

type Wanted = Pick<ReadonlySet<string>, 'has'>;

function settle(claims: readonly Claim[], report: Report): Policies<'upstream'> {
  const policies: Record<string, Applied<unknown>> = {};
  for (const family of new Set(claims.map(claim => claim.family))) {
    const ofFamily = claims.filter(claim => claim.family === family);
    const asks = family.gives.upstream?.(ofFamily, report);
    const [first, ...others] = ofFamily;
    if (asks === undefined || first === undefined) continue;
    const from: Askers = [...first.from, ...others.flatMap(claim => claim.from)];
    policies[family.name] = { asks, from };
  }
  return policies;
}

/**
 * Settles what is asked of each backend, over all Ingresses that lead there: in the controller an upstream belongs to a
 * port of a Service, and not to an Ingress.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 *
 * @param plans the oldest first
 */
export function settleUpstreams(
  plans: readonly IngressPlan[],
  report: Report,
  memory: ClaimMemory | undefined,
): UpstreamPolicies {
  const asking = pickEach(memory?.asking, plans, plan =>
    plan.policies === undefined || plan.policies.upstream.length === 0 ? undefined : plan,
  );
  if (asking.length === 0) return () => NONE;
  const claims = new Map<string, Omit<Claim, 'maker'>[]>();
  const services = new Set<string>();
  for (const { ingress, policies } of asking) {
    const own = policies?.upstream.map(plan => ({ ...plan, ingress })) ?? [];
    for (const backend of namedBy(ingress)) if (backend.kind === 'service') services.add(backend.service);
    for (const key of backendsOf(ingress)) {
      const known = claims.get(key);
      if (known === undefined) claims.set(key, [...own]);
      else known.push(...own);
    }
  }
  const settled = new Map<string, Policies<'upstream'>>();
  // Where a compilation follows, an Ingress keeps all that it leads to: what is looked for will be others.
  const isFollowed = memory !== undefined;
  const leads = pickEach(memory?.leads, plans, plan => leadOf(plan, isFollowed ? undefined : services));
  const makers = makersOf(leads, claims);
  for (const [key, found] of claims) {
    const ofBackend = found.map(claim => ({ ...claim, maker: makers.get(key) ?? claim.ingress }));
    const facts = ofBackend.flatMap(({ family, asked, ingress, maker }) => [family, asked, ingress, maker]);
    settled.set(
      key,
      remember(memory?.settled, key, { facts, report }, (_, report) => settle(ofBackend, report)),
    );
  }
  for (const key of memory?.settled.keys() ?? []) if (!settled.has(key)) memory?.settled.delete(key);
  return key => settled.get(key) ?? NONE;
}
