import type { LocationFacts } from '../annotations/family.ts';
import { planPolicies } from '../annotations/registry.ts';
import { isCanary, reportUnbuiltAnnotations } from '../annotations/unbuilt.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { ControllerOptions } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Ingress } from '../resources/model.ts';
import type { Policies } from '../routing/policies.ts';
import { reportForbiddenText } from './forbidden-text.ts';

/** An Ingress with what its annotations come to. */
export interface IngressPlan {
  readonly ingress: Ingress;
  readonly policiesFor: (facts: LocationFacts) => Policies;
  readonly wantsRegex: (path: string) => boolean;
  /** Why all its locations answer 503; undefined if they don't. */
  readonly denied: string | undefined;
  /** Why all locations of its hosts answer 503, those of other Ingresses too; undefined if they don't. */
  readonly deniedHost: string | undefined;
}

/** Where the parts of the routing come from that an Ingress makes. */
export function cameFrom(ingress: Ingress, field: FieldRef): Provenance {
  return { resource: `Ingress ${keyOfObject(ingress.namespace, ingress.name)}`, field };
}

interface PlanContext {
  readonly cluster: Cluster;
  readonly options: ControllerOptions;
  readonly report: Report;
}

/** Reads the annotations of an Ingress. */
function planIngress(ingress: Ingress, context: PlanContext): IngressPlan {
  let denied: string | undefined;
  let deniedHost: string | undefined;
  const deny = (reason: string): void => {
    denied ??= reason;
  };
  const denyHost = (reason: string): void => {
    deniedHost ??= reason;
    deny(reason);
  };
  const familyContext = { ...context, ingress, deny, denyHost };
  reportUnbuiltAnnotations(familyContext);
  return { ingress, ...planPolicies(familyContext), denied, deniedHost };
}

/** A refused Ingress serves nothing, and closes what it would have served and what it guards for others. */
function closedPlan(ingress: Ingress, context: PlanContext): IngressPlan {
  const { deniedHost } = planIngress(ingress, context);
  const denied = 'the Ingress is not valid';
  return { ingress, policiesFor: () => ({}), wantsRegex: () => false, denied, deniedHost };
}

/**
 * Reads the annotations of our Ingresses, in the same order, the refused ones last: they take no path from others. Those
 * that serve nothing of their own (canaries, attacks) are missing from the result.
 */
export function planIngresses(ingresses: readonly Ingress[], context: PlanContext): readonly IngressPlan[] {
  const plans: IngressPlan[] = [];
  const refused: IngressPlan[] = [];
  for (const ingress of ingresses) {
    if (ingress.isRefused) {
      // What is wrong with its annotations is said, too: all problems in one run.
      if (!isCanary({ ...context, ingress })) refused.push(closedPlan(ingress, context));
    } else if (!reportForbiddenText(ingress, context.report) && !isCanary({ ...context, ingress })) {
      plans.push(planIngress(ingress, context));
    }
  }
  return [...plans, ...refused];
}
