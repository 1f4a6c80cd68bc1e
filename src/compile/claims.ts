import type { IngressRule } from '../resources/model.ts';
import type { IngressPlan } from './plan.ts';

/** A rule for a host, with the Ingress that it stands in. */
export interface Claim {
  readonly plan: IngressPlan;
  readonly rule: IngressRule;
}

/** The claims of plans, which are the same objects as long as the plan is. */
const CLAIMS = new WeakMap<IngressPlan, readonly Claim[]>();

/** The rules of an Ingress, each with its plan. */
export function claimsOf(plan: IngressPlan): readonly Claim[] {
  const claims = CLAIMS.get(plan) ?? plan.ingress.rules.map(rule => ({ plan, rule }));
  CLAIMS.set(plan, claims);
  return claims;
}
