import type { AskedRequest } from '../answers/explain/model.ts';
import { explain } from '../answers/explain/explain.ts';
import type { Followed } from '../answers/explain/follow.ts';
import { followRedirects } from '../answers/explain/follow.ts';
import type { PlacedExplanation } from '../answers/explain/placed.ts';
import { placeCauses } from '../answers/explain/placed.ts';
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
export function explainLoaded({ routing, locate }: Loaded, { request, follows }: ExplainRequest): ExplainAnswer {
  if (!follows) return { explanations: [placeCauses(explain(routing, request), locate)] };
  const { explanations, end } = followRedirects(routing, request);
  const [first, ...others] = explanations;
  return { explanations: [placeCauses(first, locate), ...others.map(each => placeCauses(each, locate))], end };
}
