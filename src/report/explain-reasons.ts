import type { StepName } from '../answers/explain/model.ts';
import type { PlacedCause, PlacedExplanation, PlacedStep } from '../answers/explain/placed.ts';
import { causeText } from './explain-cause.ts';

/** Lines below the answer, so that this and the next ones say what is behind it. */
const MOST = 4;

/** What is behind an answer, in few lines: who asked for it, and what was near. */
export function reasonsOf({ outcome, steps }: PlacedExplanation): readonly string[] {
  const isNothing = outcome.kind === 'answer' && outcome.status === 404;
  const near = isNothing ? steps.filter(({ name }) => name === 'location' || name === 'server') : [];
  const lines = outcome.kind === 'backend' ? backendReasons(steps) : answerReasons(steps, near);
  return lines.slice(0, MOST);
}

/** The places of what answered, its details, and the locations or servers that nearly fitted. */
function answerReasons(steps: readonly PlacedStep[], near: readonly PlacedStep[]): readonly string[] {
  const last = steps.findLast(({ verdict }) => verdict === 'answered') ?? steps.at(-1);
  if (last === undefined) return [];
  const [cause] = last.causes;
  const others = near.flatMap(({ details }) => details).slice(0, 2);
  const tls = last.name === 'redirect' ? steps.filter(step => step.name === 'tls' && isNotable(step, last)) : [];
  return [
    ...(cause === undefined ? [] : [`by ${causeText(cause)}${placeOf(cause, steps)}`]),
    ...last.details.slice(0, 2),
    ...tls.map(lineOf),
    ...others,
  ];
}

/** Of the default of an option, which has no place: the path for which it counts. */
function placeOf({ object }: PlacedCause, steps: readonly PlacedStep[]): string {
  const [path] = steps.findLast(({ name }) => name === 'location')?.causes ?? [];
  return object === undefined && path !== undefined ? `, for ${causeText(path)}` : '';
}

/** In this order: what people wonder about. */
const NOTABLE: readonly StepName[] = ['snippet', 'canary', 'rewrite', 'access', 'auth', 'tls', 'errors', 'headers'];

/** The location, and the steps that people ask for. */
function backendReasons(steps: readonly PlacedStep[]): readonly string[] {
  const location = steps.findLast(({ name }) => name === 'location');
  const [cause] = location?.causes ?? [];
  return [
    ...(location === undefined
      ? []
      : [`location: ${location.text}${cause === undefined ? '' : ` (${causeText(cause)})`}`]),
    ...(location?.details.slice(0, 2) ?? []),
    ...NOTABLE.flatMap(name => steps.filter(step => step.name === name && isNotable(step, location)).map(lineOf)),
  ];
}

/** A certificate of its own is as it should be; a connection that is passed on comes to no location. */
function isNotable({ name, details }: PlacedStep, location: PlacedStep | undefined): boolean {
  return name !== 'tls' || details.length > 0 || location === undefined;
}

/** Of a certificate and of a canary, why it is not another one. */
function lineOf({ name, text, details }: PlacedStep): string {
  const [why] = name === 'tls' || name === 'canary' ? details : [];
  return why === undefined ? `${name}: ${text}` : `${name}: ${text}; ${why}`;
}
