import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { PathDraft } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import { refusedOverlap } from './rules/paths.ts';

interface Overlap {
  readonly plan: IngressPlan;
  readonly item: Pick<PathDraft, 'path' | 'isExact'>;
  readonly from: Provenance;
  /** In words. */
  readonly host: string;
}

/** Whether the API server has both, so that no admission webhook looks at them any more. */
export function areStored(a: IngressPlan | undefined, b: IngressPlan | undefined): boolean {
  return a?.ingress.createdAt !== undefined && b?.ingress.createdAt !== undefined;
}

/**
 * Says that two Ingresses have a path with another type: both are served, but the admission webhook compares texts alone.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, checkOverlap.
 *
 * @param other the path of the other type, if the host has it
 */
export function reportOverlap(other: PathDraft | undefined, { plan, item, from, host }: Overlap, report: Report): void {
  if (other?.origin !== 'rule' || other.plan === plan || plan.isDropped || other.plan?.isDropped !== false) return;
  const [holder] = other.from;
  if (holder === undefined || areStored(other.plan, plan)) return;
  const [own, its] = item.isExact ? ['Exact', 'a prefix'] : ['a prefix', 'Exact'];
  report({
    rule: refusedOverlap,
    message: `the admission webhook of ingress-nginx rejects the path "${item.path}" of ${host}, here as ${own}: ${objectText(holder.resource)} has it as ${its}`,
    help: 'put both paths into one Ingress',
    at: from.field,
    related: [{ message: `"${item.path}" is here`, at: holder.field }],
  });
}
