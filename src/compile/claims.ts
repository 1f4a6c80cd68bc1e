import type { IngressRule } from '../resources/model.ts';
import { isHostPattern, patternRegex } from '../routing/hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import type { IngressPlan } from './plan.ts';

/** A rule for a host, with the Ingress that it stands in. */
export interface Claim {
  readonly plan: IngressPlan;
  readonly rule: IngressRule;
}

/**
 * The rules of all Ingresses by host, in the order of the Ingresses. The default server has a list even without rules.
 */
export function claimsByHost(plans: readonly IngressPlan[]): ReadonlyMap<string, readonly Claim[]> {
  const byHost = new Map<string, Claim[]>([[DEFAULT_HOST, []]]);
  for (const plan of plans) {
    for (const claim of plan.claims) {
      const host = claim.rule.host === '' ? DEFAULT_HOST : claim.rule.host;
      const claims = byHost.get(host);
      if (claims === undefined) byHost.set(host, [claim]);
      else claims.push(claim);
    }
  }
  const patterns = [...byHost.keys()].filter(isHostPattern);
  if (patterns.length > 0) addPatterns(byHost, patterns, plans);
  return byHost;
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
