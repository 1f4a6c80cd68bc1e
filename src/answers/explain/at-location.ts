import type { Phase } from '../../routing/phases.ts';
import { GUARDS, ORDER } from '../../routing/phases.ts';
import type { Askers } from '../../routing/policies.ts';
import type { RequestUri } from '../../routing/request-uri.ts';
import { hasGuards } from './access.ts';
import type { BoundAtLocation } from './bound.ts';
import { atLocationIn, boundOf } from './bound.ts';
import { pageEnd } from './error-page.ts';
import type { Effect, NewUri, OnTheWay } from './explainer.ts';
import { EXPLAINERS } from './explainers.ts';
import type { StepName } from './model.ts';
import { answerByItself, redirectAll } from './own-answer.ts';
import { proxy } from './proxy.ts';
import type { End, Trail } from './trail.ts';
import { follow } from './trail.ts';

/** A request at its location, and what has become of its URI; `sent` is missing once something has changed that. */
interface Here {
  readonly at: OnTheWay;
  readonly sent: RequestUri | undefined;
}

/**
 * What a location does with a request, phase by phase, as nginx reads it.
 *
 * @returns where it ends, or the URI for which a location is chosen anew
 */
export function atLocation(at: OnTheWay, sent: RequestUri | undefined, trail: Trail): End | NewUri {
  const bound = [...ownExplainers(at), ...inheritedExplainers(at)];
  const { target } = at.location;
  const isRedirect = target.kind === 'redirect';
  const early = EARLY.filter(phase => !isRedirect || (phase !== 'redirect' && phase !== 'https'));
  const begun = runEarly(bound, early, { at, sent }, trail);
  if (!('at' in begun)) return 'isFinal' in begun ? begun : pageEnd(begun, at, trail);
  if (target.kind === 'redirect') return pageEnd(redirectAll(target, begun.at, trail), begun.at, trail);
  const late = lateEffects(bound, begun);
  if (target.kind === 'status') {
    const guards =
      target.code === 404 && hasGuards(begun.at) ? late.found.filter(({ phase }) => GUARDS.has(phase)) : [];
    const refused = runLate(guards, trail);
    return pageEnd(refused ?? answerByItself(target, begun.at, trail), begun.at, trail);
  }
  const refused = runLate(late.found, trail);
  if (refused === undefined && late.again !== undefined) return late.again;
  return refused === undefined ? proxy(target.to, late.here, trail) : pageEnd(refused, begun.at, trail);
}

/** What ends a request as soon as its location is chosen, such as a body that is too large. */
export function atOnce(at: OnTheWay, trail: Trail): End | undefined {
  const bound = [...ownExplainers(at), ...inheritedExplainers(at)];
  const begun = runEarly(bound, ['always'], { at, sent: undefined }, trail);
  return 'outcome' in begun ? begun : undefined;
}

const EARLY: readonly Phase[] = ORDER.filter(({ holdsAtReturn }) => holdsAtReturn).map(({ phase }) => phase);
const LATE: readonly Phase[] = ORDER.filter(({ holdsAtReturn }) => !holdsAtReturn).map(({ phase }) => phase);

/** What the location and its server ask for there. */
function ownExplainers({ location, server }: OnTheWay): readonly BoundAtLocation[] {
  return [
    ...atLocationIn(boundOf(EXPLAINERS.location, location.policies)),
    ...atLocationIn(boundOf(EXPLAINERS.server, server.policies)),
  ];
}

/** What holds for all hosts, where the location says nothing else under the same name. */
function inheritedExplainers({ location, routing }: OnTheWay): readonly BoundAtLocation[] {
  const own = new Set(Object.keys(location.policies));
  return atLocationIn(boundOf(EXPLAINERS.http, routing.http)).filter(({ name }) => !own.has(name));
}

/** In the order of the lines of the location: all of these nginx runs one after the other. */
function runEarly(
  bound: readonly BoundAtLocation[],
  phases: readonly Phase[],
  here: Here,
  trail: Trail,
): Here | End | NewUri {
  let { at, sent } = here;
  for (const phase of phases) {
    for (const { effects, from } of bound.filter(each => each.phase === phase)) {
      for (const effect of effects(at)) {
        const end = follow(effect, from, trail);
        if (end !== undefined) return end;
        if (effect.uri === undefined) continue;
        if (!effect.uri.isFinal) return effect.uri;
        at = { ...at, path: effect.uri.path, query: effect.uri.query };
        sent = undefined;
      }
    }
  }
  return { at, sent };
}

interface LateEffect {
  readonly phase: Phase;
  readonly from: Askers;
  readonly effect: Effect;
}

interface LateEffects {
  readonly found: readonly LateEffect[];
  readonly here: Here;
  /** A snippet has the location chosen anew, before anybody is counted or asked who it is. */
  readonly again?: NewUri;
}

/** The effects of the phases behind a `return`, in the order in which nginx comes to them, and the URI that they leave. */
function lateEffects(bound: readonly BoundAtLocation[], here: Here): LateEffects {
  let { at, sent } = here;
  let isEnded = false;
  const found: LateEffect[] = [];
  for (const phase of LATE) {
    // A `break` of a snippet ends what nginx would rewrite.
    if (phase === 'rewrite' && isEnded) continue;
    for (const { effects, from } of bound.filter(each => each.phase === phase)) {
      for (const effect of effects(at)) {
        found.push({ phase, from, effect });
        if (effect.uri === undefined) continue;
        if (!effect.uri.isFinal) return { found: found.filter(isRun), here: { at, sent }, again: effect.uri };
        isEnded = true;
        at = { ...at, path: effect.uri.path, query: effect.uri.query };
        sent = undefined;
      }
    }
  }
  const inOrder = found.toSorted((a, b) => stageOf(a.effect) - stageOf(b.effect));
  return { found: inOrder, here: { at, sent } };
}

/** Whether nginx comes to it while it runs what may rewrite. */
function isRun({ effect }: LateEffect): boolean {
  return stageOf(effect) === 0;
}

/** nginx first runs what may return, then counts requests, then asks who may pass. A rewrite that fails ends the first. */
function stageOf({ name, answer }: Effect): number {
  if (name === 'rewrite' && answer !== undefined) return 0;
  return STAGES[name] ?? 3;
}

const STAGES: { readonly [N in StepName]?: number } = {
  'client-certificate': 0,
  snippet: 0,
  redirect: 0,
  limits: 1,
  access: 2,
  auth: 2,
};

function runLate(effects: readonly LateEffect[], trail: Trail): End | undefined {
  for (const { effect, from } of effects) {
    const end = follow(effect, from, trail);
    if (end !== undefined) return end;
  }
  return undefined;
}
