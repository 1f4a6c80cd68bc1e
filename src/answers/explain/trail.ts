import type { Askers } from '../../routing/policies.ts';
import { causesOf } from './asking.ts';
import type { Effect } from './explainer.ts';
import { stepOf } from './explainer.ts';
import type { Outcome, SetHeader, Step } from './model.ts';

/** Where a request ends, and what would have to be there for a backend to answer. */
export interface End {
  readonly outcome: Outcome;
  readonly advice: readonly string[];
  /** nginx sends a body of its own, so that no error page replaces it. */
  readonly hasBody?: true;
}

/** What has happened to a request so far. */
export interface Trail {
  readonly steps: Step[];
  /** Of requests to the backend: of one name the last counts. */
  readonly request: SetHeader[];
  readonly response: SetHeader[];
}

export function newTrail(): Trail {
  return { steps: [], request: [], response: [] };
}

/** nginx sends nothing for it. */
const CLOSES = 444;

/** Adds an effect to the trail; where it ends the request, how. */
export function follow(effect: Effect, from: Askers | undefined, trail: Trail): End | undefined {
  const { causes = causesOf(from ?? []), answer, unclear, advice = [] } = effect;
  trail.steps.push(stepOf({ ...effect, causes }));
  trail.request.push(...(effect.requestHeaders ?? []));
  trail.response.push(...(effect.responseHeaders ?? []));
  if (unclear !== undefined) return { outcome: { kind: 'unclear', reason: unclear }, advice };
  if (answer === undefined) return undefined;
  if (effect.name === 'https') forgetValues(trail.response);
  const { status, url, reason, hasBody } = answer;
  if (status === CLOSES) return { outcome: { kind: 'closed', reason }, advice };
  const outcome = { kind: 'answer', status, ...(url === undefined ? {} : { url }), reason } as const;
  return { outcome, advice, ...(hasBody === true ? { hasBody } : {}) };
}

/**
 * Where all locations of a server redirect to HTTPS, nginx does so before it chooses one of them, so that what they add to
 * responses may not be there.
 */
function forgetValues(response: SetHeader[]): void {
  response.splice(0, response.length, ...response.map(({ name }) => ({ name, value: undefined })));
}

/** The request is answered by nginx itself. */
export function answered(status: number, reason: string, advice: readonly string[] = []): End {
  return { outcome: { kind: 'answer', status, reason }, advice };
}
