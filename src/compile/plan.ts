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

/** A refused Ingress serves nothing, and closes what it would have served. */
function closedPlan(ingress: Ingress): IngressPlan {
  return {
    ingress,
    policiesFor: () => ({}),
    wantsRegex: () => false,
    denied: 'the Ingress is not valid',
    deniedHost: undefined,
  };
}

/**
 * Reads the annotations of our Ingresses, in the same order, the refused ones last: they take no path from others. Those
 * that serve nothing of their own (canaries, attacks) are missing from the result.
 */
export function planIngresses(
  ingresses: readonly Ingress[],
  context: { readonly cluster: Cluster; readonly options: ControllerOptions; readonly report: Report },
): readonly IngressPlan[] {
  const plans: IngressPlan[] = [];
  const refused: IngressPlan[] = [];
  for (const ingress of ingresses) {
    if (ingress.isRefused) {
      // All that is wrong with it has been said where it was validated.
      if (!isCanary({ ingress, report: () => {} })) refused.push(closedPlan(ingress));
      continue;
    }
    if (reportForbiddenText(ingress, context.report) || isCanary({ ingress, report: context.report })) continue;
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
    plans.push({ ingress, ...planPolicies(familyContext), denied, deniedHost });
  }
  return [...plans, ...refused];
}
