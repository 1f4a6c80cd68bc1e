import type { Planner, PolicyPlan } from '../annotations/plan.ts';
import type { Share, Tables } from '../annotations/family.ts';
import type { Closed } from '../annotations/closed.ts';
import { reportValues } from '../annotations/report-values.ts';
import { asksForGuard, reportIdleGuards } from '../annotations/guards.ts';
import { ignoredOf, KNOWN_ANNOTATIONS, reportUnhonoured, reportUnknownGuards } from '../annotations/unhonoured.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { holdBack } from '../diagnostics/diagnostic.ts';
import type { ObjectName } from '../diagnostics/place.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import { nameOf } from '../resources/provenance.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { Claim } from './claims.ts';
import type { Standing } from './dropped.ts';
import { reportForeignSnippets, reportRefusedAnnotations } from './admission.ts';
import { reportForbiddenText } from './forbidden-text.ts';
import { reportRuleShapes } from './rule-shapes.ts';

/** An Ingress with what its annotations come to. */
export interface IngressPlan extends Standing {
  /** Of the Ingress: one object for all that comes from it. */
  readonly name: ObjectName;
  /** Its rules, each with this plan: the same objects as long as the plan is. */
  readonly claims: readonly Claim[];
  /** Undefined for one that dropped out: it gives its hosts nothing. */
  readonly policies: PolicyPlan | undefined;
  /** Why all its locations answer 503; undefined if they don't. */
  readonly denied: string | undefined;
  /** Why all locations of its hosts answer 503, those of other Ingresses too; undefined if they don't. */
  readonly deniedHost: string | undefined;
  /** The same as `wantsRegex` of its policies; but what dropped out no longer makes its host one of expressions. */
  readonly meantRegex: PolicyPlan['wantsRegex'];
  /** Whether it keeps somebody out, as far as that can still be told. */
  readonly isGuarded: boolean;
  /** What it takes of the requests of others; undefined for one with hosts and paths of its own. */
  readonly share: Share | undefined;
  /** Nobody looks at the characters of its paths. */
  readonly mayHaveAnyPath: boolean;
  /** Its annotations that have no effect, since it takes a share. Without prefix. */
  readonly ignored: readonly string[];
}

interface PlanContext {
  readonly planner: Pick<Planner, 'plan'>;
  readonly tables: Tables;
  readonly config: ControllerConfig;
  readonly isCheck?: true | undefined;
  readonly report: Report;
}

const NOTHING: readonly string[] = [];

/**
 * Reads the annotations of an Ingress: all that is wrong with them is said, whatever is wrong with the rest of it.
 * Undefined if it closes nothing, since it would have served nothing by itself.
 */
function planIngress(ingress: Ingress, context: PlanContext, against: string | undefined): IngressPlan | undefined {
  const { planner, tables, config, isCheck, report } = context;
  const later = holdBack(report);
  const policies = planner.plan({ ingress, tables, config, report: later.report });
  const ignored = policies.share === undefined ? NOTHING : ignoredOf(ingress);
  reportUnhonoured({ ingress, config, report }, ignored);
  later.release();
  const { closes } = policies;
  const closedHost = reasonIn(closes, 'host');
  // What takes a share closes no path; but a guard of the host that cannot be built closes that.
  const ofShare = policies.share === undefined ? undefined : closedHost;
  const dropped = ingress.isRefused ? 'the Ingress is not valid' : (against ?? reasonIn(closes, 'dropped') ?? ofShare);
  const denied = dropped ?? reasonIn(closes, 'location', 'host');
  const guardsHost = policies.server.some(({ family, asked }) => family.guardsHost?.(asked) === true);
  const deniedHost = closedHost ?? (guardsHost ? dropped : undefined);
  // What nginx would close here may be open with the controller, which whoever checks manifests may be using.
  const isOpen = isCheck === true ? dropped === undefined : denied === undefined;
  // Who enters where a share is taken is not up to whoever takes it.
  if (isOpen && policies.share === undefined) reportIdleGuards({ ingress, config, report }, KNOWN_ANNOTATIONS);
  else reportUnknownGuards({ ingress, config, report });
  if (dropped === undefined && policies.share === undefined) reportValues(ingress, config, report);
  if (policies.share !== undefined && dropped !== undefined && deniedHost === undefined) return undefined;
  if (dropped === undefined) reportRuleShapes(ingress, report);
  const plan = {
    ingress,
    name: nameOf(ingress),
    claims: NO_CLAIMS,
    policies: dropped === undefined ? policies : undefined,
    denied,
    deniedHost,
    meantRegex: policies.wantsRegex,
    isGuarded: ingress.isRefused || asksForGuard(ingress),
    isDropped: dropped !== undefined,
    mayHaveAnyPath: config.values['strict-validate-path-type'] === false,
    share: dropped === undefined ? policies.share : undefined,
    ignored,
  };
  plan.claims = ingress.rules.map(rule => ({ plan, rule }));
  return plan;
}

const NO_CLAIMS: IngressPlan['claims'] = [];

function reasonIn(closes: readonly Closed[], ...scopes: readonly Closed['closes'][]): string | undefined {
  return closes.length === 0 ? undefined : closes.find(each => scopes.includes(each.closes))?.reason;
}

function planAny(ingress: Ingress, context: PlanContext): IngressPlan | undefined {
  const isForbidden = reportForbiddenText(ingress, context.report);
  const refused = reportRefusedAnnotations(ingress, context.config, context.report);
  reportForeignSnippets(ingress, context.config, context.report);
  return planIngress(ingress, context, isForbidden ? 'it has a text that only an attack has' : refused);
}

/** Plans of Ingresses, from one compilation to the next. */
export type PlanMemory = WeakMap<Ingress, Remembered<IngressPlan | undefined>>;

/** Reads the annotations of our Ingresses, in the same order. Those that neither ask for anything nor close it are missing. */
export function* planIngresses(
  ingresses: readonly Ingress[],
  context: PlanContext,
  memory: PlanMemory | undefined,
): Steps<readonly IngressPlan[]> {
  const { planner, tables, config, isCheck, report } = context;
  const { secrets, configMaps, services } = tables;
  const making = { facts: [planner, config, isCheck], tables: [secrets, configMaps, services], report };
  const plans: IngressPlan[] = [];
  const isPauseDue = pauses();
  for (const ingress of ingresses) {
    const plan =
      memory === undefined
        ? planAny(ingress, context)
        : remember(memory, ingress, making, (watch, report) => {
            const watched = { secrets: watch(secrets), configMaps: watch(configMaps), services: watch(services) };
            return planAny(ingress, { planner, tables: watched, config, isCheck, report });
          });
    if (plan !== undefined) plans.push(plan);
    if (isPauseDue(10)) yield;
  }
  return plans;
}
