import type { FoundLocation } from '../../routing/match-location.ts';
import { slashTarget } from '../../routing/slash-paths.ts';
import { atOnce } from './at-location.ts';
import type { OnTheWay } from './explainer.ts';
import { step } from './step.ts';
import type { End, Trail } from './trail.ts';
import { pageEnd } from './error-page.ts';

/** The redirect to a folder, which comes before all that the folder asks for but the size of bodies and error pages. */
export function slashEnd(at: OnTheWay, { text }: FoundLocation, trail: Trail): End {
  const { request, routing, query } = at;
  const first = atOnce(at, trail);
  if (first !== undefined) return pageEnd(first, at, trail);
  const isRelative = routing.http.redirects !== undefined || at.location.policies.redirects?.asks.isRelative === true;
  const base = isRelative ? '' : `${request.scheme}://${request.host}`;
  const url = `${base}${slashTarget(text)}${query === undefined ? '' : `?${query}`}`;
  const reason = `the path lacks the slash of "${text}/"`;
  trail.steps.push(step('redirect', 'answered', `301 to ${url}: ${reason}`));
  const advice = [`Ask for ${text}/, or give the path ${text} a rule of its own`];
  return pageEnd({ outcome: { kind: 'answer', status: 301, url, reason }, advice }, at, trail);
}
