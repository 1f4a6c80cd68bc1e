import type { LocationFacts } from '../annotations/family.ts';
import { planPolicies } from '../annotations/registry.ts';
import { isCanary, reportUnbuiltAnnotations } from '../annotations/unbuilt.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { ControllerOptions } from '../controller-config/registry.ts';
import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Ingress, Secret } from '../resources/model.ts';
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
  readonly cluster: Pick<Cluster, 'secrets'>;
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

/** The plan of an Ingress; undefined if it serves nothing of its own. */
function planAny(ingress: Ingress, context: PlanContext): IngressPlan | undefined {
  // What is wrong with the annotations of a refused one is said, too: all problems in one run.
  if (ingress.isRefused) return isCanary({ ...context, ingress }) ? undefined : closedPlan(ingress, context);
  if (reportForbiddenText(ingress, context.report) || isCanary({ ...context, ingress })) return undefined;
  return planIngress(ingress, context);
}

/** A plan, and all that it was made of besides its Ingress. */
interface KnownPlan {
  readonly plan: IngressPlan | undefined;
  readonly findings: readonly Finding[];
  readonly options: ControllerOptions;
  /** What was looked up, by `namespace/name`. */
  readonly secrets: ReadonlyMap<string, Secret | undefined>;
}

/** Plans of Ingresses, from one compilation to the next. */
export type PlanMemory = WeakMap<Ingress, KnownPlan>;

function isCurrent({ options, secrets }: KnownPlan, context: PlanContext): boolean {
  if (options !== context.options) return false;
  for (const [key, secret] of secrets) if (context.cluster.secrets.get(key) !== secret) return false;
  return true;
}

function planAnew(ingress: Ingress, { cluster, options }: PlanContext): KnownPlan {
  const { report, diagnostics } = collect();
  const looked = new Map<string, Secret | undefined>();
  const secrets: Cluster['secrets'] = {
    get(key) {
      const secret = cluster.secrets.get(key);
      looked.set(key, secret);
      return secret;
    },
  };
  const plan = planAny(ingress, { cluster: { secrets }, options, report });
  return { plan, findings: diagnostics, options, secrets: looked };
}

/**
 * Reads the annotations of our Ingresses, in the same order, the refused ones last: they take no path from others. Those
 * that serve nothing of their own (canaries, attacks) are missing from the result.
 */
export function planIngresses(
  ingresses: readonly Ingress[],
  context: PlanContext,
  memory: PlanMemory,
): readonly IngressPlan[] {
  const plans: IngressPlan[] = [];
  const refused: IngressPlan[] = [];
  for (const ingress of ingresses) {
    const last = memory.get(ingress);
    const known = last !== undefined && isCurrent(last, context) ? last : planAnew(ingress, context);
    if (known !== last) memory.set(ingress, known);
    for (const found of known.findings) context.report(found);
    if (known.plan !== undefined) (ingress.isRefused ? refused : plans).push(known.plan);
  }
  return [...plans, ...refused];
}
