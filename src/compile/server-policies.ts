import type { FamilyPlan } from '../annotations/family-plan.ts';
import type { ServerFacts } from '../annotations/facts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Applied, Policies } from '../routing/policies.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST, shownHost } from './hosts.ts';
import { inControllerOrder } from './locations.ts';
import type { IngressPlan } from './plan.ts';
import { hostAnnotationConflict } from './rules/server-policies.ts';

interface Context {
  readonly facts: Pick<ServerFacts, 'hasTls' | 'keep'>;
  readonly report: Report;
}

/** What one Ingress asks of a host. */
interface Claim {
  readonly plan: IngressPlan;
  readonly family: FamilyPlan['family'];
  readonly applied: Applied<unknown>;
}

const NONE: Policies<'server'> = Object.freeze({});

/** Those that have paths of a host, the longest path first. */
function byLongestPath({ paths }: HostDraft): ReadonlySet<IngressPlan> {
  const drafts = inControllerOrder([...paths.values()].filter(({ origin }) => origin !== 'catch-all'));
  return new Set(drafts.flatMap(({ plan }) => plan ?? []));
}

/**
 * Who took over the rest of the default server without a rule: the controller forgets what it asks of the host, which may
 * be a guard.
 */
function guardOfRest({ host, paths, plans }: HostDraft): IngressPlan | undefined {
  if (host !== DEFAULT_HOST) return undefined;
  for (const { origin, plan } of paths.values()) {
    if (origin === 'catch-all' && plan !== undefined && !plans.includes(plan)) return plan;
  }
  return undefined;
}

const NO_CLAIMS: readonly Claim[] = [];

function asksOfServer({ policies }: IngressPlan): boolean {
  return policies !== undefined && policies.server.length > 0;
}

function claimsOf(host: HostDraft, { facts: { hasTls, keep } }: Context): readonly Claim[] {
  const all = host.guards === undefined ? host.plans : [...host.plans, ...host.guards];
  const rest = guardOfRest(host);
  if (rest === undefined && !all.some(asksOfServer)) return NO_CLAIMS;
  const asking = all.filter(asksOfServer);
  const ranked = byLongestPath(host);
  const claims: Claim[] = [];
  const add = (plan: IngressPlan, isRanked: boolean, isGuard = false): void => {
    const { ingress, policies } = plan;
    const facts: ServerFacts = { host: host.host, hasTls, ingress, keep };
    for (const { family, asked, from } of policies?.server ?? []) {
      if ((family.isOfLongestPath === true) !== isRanked || (isGuard && family.guardsHost === undefined)) continue;
      const asks = family.gives.server?.(asked, facts);
      if (asks !== undefined) claims.push({ plan, family, applied: { asks, from } });
    }
  };
  for (const plan of asking) add(plan, false);
  if (rest !== undefined) add(rest, false, true);
  for (const plan of ranked) add(plan, true);
  return claims;
}

/**
 * Settles what is asked of a host as a whole, over all Ingresses that have rules for it: what the first one asks for
 * counts, and those that ask for something else are told so.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createServers.
 */
export function serverPoliciesOf(host: HostDraft, context: Context): Policies<'server'> {
  const claims = claimsOf(host, context);
  if (claims.length === 0) return NONE;
  const winners = new Map<string, Claim>();
  const policies: Record<string, Applied<unknown>> = {};
  for (const claim of claims) {
    const { name } = claim.family;
    const winner = winners.get(name);
    if (winner !== undefined) {
      if (!isSame(winner, claim)) reportLoser(claim, winner, host, context.report);
      continue;
    }
    winners.set(name, claim);
    policies[name] = claim.applied;
  }
  return policies;
}

function isSame(one: Claim, other: Claim): boolean {
  return JSON.stringify(one.applied.asks) === JSON.stringify(other.applied.asks);
}

function reportLoser(loser: Claim, winner: Claim, host: HostDraft, report: Report): void {
  const own = askingAnnotations(loser.applied.from);
  const [first] = own;
  if (first === undefined) return;
  const names = listed(own.map(({ name }) => name));
  const holder = objectText(winner.plan.ingress);
  const who = winner.family.isOfLongestPath === true ? 'the Ingress with the longest path' : 'the oldest Ingress';
  report({
    rule: hostAnnotationConflict,
    message: `${names} ${own.length === 1 ? 'has' : 'have'} no effect on ${shownHost(host)}, for which ${holder} decides`,
    help: `write it on one of the two; ${who} decides for the whole host`,
    at: first.at.field,
    related: askingAnnotations(winner.applied.from).map(({ at }) => ({ message: `${holder} has it`, at: at.field })),
  });
}
