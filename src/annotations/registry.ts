import type { Specs } from '../options/option.ts';
import { basicAuth } from './basic-auth.ts';
import type { Family, FamilyContext, LocationFacts, Plan } from './family.ts';
import { rewrite } from './rewrite.ts';
import { tlsRedirect } from './tls-redirect.ts';

/** The families that are built; a policy of a location has the name that its family has here. */
export const families = { tlsRedirect, basicAuth, rewrite };

type Families = typeof families;

/** What a location does besides leading somewhere; each is what one family gives. */
export type Policies = {
  readonly [N in keyof Families]?: (Families[N] extends Family<infer P> ? P : never) | undefined;
};

/** What an Ingress asks of all families. */
export interface PolicyPlan {
  readonly policiesFor: (facts: LocationFacts) => Policies;
  readonly wantsRegex: (path: string) => boolean;
}

/** Runs all families over one Ingress. */
export function planPolicies(context: FamilyContext): PolicyPlan {
  const plans: { readonly [N in keyof Families]: Plan<NonNullable<Policies[N]>> } = {
    tlsRedirect: families.tlsRedirect.plan(context),
    basicAuth: families.basicAuth.plan(context),
    rewrite: families.rewrite.plan(context),
  };
  const all = Object.values(plans);
  return {
    policiesFor: facts => ({
      tlsRedirect: plans.tlsRedirect.policyFor(facts),
      basicAuth: plans.basicAuth.policyFor(facts),
      rewrite: plans.rewrite.policyFor(facts),
    }),
    wantsRegex: path => all.some(plan => plan.wantsRegex(path)),
  };
}

/** The specs of all annotations that are built, by name. */
export function builtAnnotations(): Specs {
  return Object.assign({}, ...Object.values(families).map(family => family.annotations));
}
