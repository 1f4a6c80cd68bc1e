import type { AskedRequest, Explanation } from '../answers/explain/model.ts';
import { explain } from '../answers/explain/explain.ts';
import type { Followed } from '../answers/explain/follow.ts';
import { followRedirects } from '../answers/explain/follow.ts';
import type { PlacedExplanation } from '../answers/explain/placed.ts';
import { placeCauses } from '../answers/explain/placed.ts';
import { listed } from '../diagnostics/words.ts';
import type { Loaded } from './loaded.ts';

export interface ExplainRequest {
  readonly request: AskedRequest;
  /** Redirects are followed as long as they lead to hosts of the manifests. */
  readonly follows: boolean;
}

export interface ExplainAnswer {
  /** One, or with redirects one for each request, in their order. */
  readonly explanations: readonly [PlacedExplanation, ...PlacedExplanation[]];
  /** What ended the redirects; missing where nobody follows them. */
  readonly end?: Followed['end'];
}

/** What happens to a request, with the places of what is behind each step. */
export function explainLoaded(loaded: Loaded, { request, follows }: ExplainRequest): ExplainAnswer {
  const { routing, locate } = loaded;
  if (!follows) return { explanations: [placeCauses(withSkipped(explain(routing, request), loaded), locate)] };
  const { explanations, end } = followRedirects(routing, request);
  const [first, ...others] = explanations;
  return {
    explanations: [
      placeCauses(withSkipped(first, loaded), locate),
      ...others.map(each => placeCauses(withSkipped(each, loaded), locate)),
    ],
    end,
  };
}

/** Where nothing is found, an Ingress that is not served may be why. */
function withSkipped(explanation: Explanation, { leftOut }: Pick<Loaded, 'leftOut'>): Explanation {
  const { outcome, advice } = explanation;
  if (outcome.kind !== 'answer' || outcome.status !== 404 || leftOut.length === 0) return explanation;
  const skipped = listed(leftOut.map(({ ingress, reason }) => `Ingress ${ingress}, since ${reason}`));
  return { ...explanation, advice: [`Not served: ${skipped}`, ...advice] };
}
