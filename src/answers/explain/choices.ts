import type { Destination, Split } from '../../routing/model.ts';
import { isSecretHeader } from '../../routing/secret-headers.ts';
import type { Sent } from './backend.ts';
import { backendChoice, serviceText, upstreamOf, upstreamStep } from './backend.ts';
import type { OnTheWay } from './explainer.ts';
import type { BackendChoice, Step } from './model.ts';
import type { SplitChoice } from './split-choice.ts';
import { chooseSide, sentValue } from './split-choice.ts';
import { fieldCauses, step } from './step.ts';

export interface Choices {
  readonly choices: readonly [BackendChoice, ...BackendChoice[]];
  readonly steps: readonly Step[];
  /** Why nobody can tell without nginx which of them it is: the choices are those if no further rule fits. */
  readonly unclear?: string;
}

/** The backends that a request may be sent to, and how one of them is chosen. */
export function choicesFor(to: Destination, at: OnTheWay, sent: Sent): Choices {
  const { routing } = at;
  if (to.kind === 'upstream') {
    const upstream = upstreamOf(to.name, routing);
    const choice = backendChoice(upstream, 100, sent, at);
    return { choices: [choice], steps: [upstreamStep(upstream, choice, at, at.location.from)] };
  }
  const split = routing.splits.find(({ name }) => name === to.name);
  if (split === undefined) throw new Error(`no split ${to.name}`);
  const found = chooseSide(split, at);
  const choose = ({ upstream, percent }: SplitChoice['sides'][number]): BackendChoice =>
    backendChoice(upstreamOf(upstream, routing), percent, sent, at);
  const [first, ...others] = found.sides;
  const choices = [choose(first), ...others.map(choose)] as const;
  const upstreams = choices.map(choice => {
    const upstream = upstreamOf(choice.upstream, routing);
    return upstreamStep(upstream, choice, at, upstream.from);
  });
  const steps = [canaryStep(split, found, at), ...upstreams];
  return found.unclear === undefined ? { choices, steps } : { choices, steps, unclear: unclearText(found.unclear) };
}

/** Which side of a canary is taken, and why. */
function canaryStep(split: Split, { sides, rule, unclear, missed }: SplitChoice, at: OnTheWay): Step {
  const { routing } = at;
  const nameOf = (upstream: string): string =>
    serviceText({ upstream, service: upstreamOf(upstream, routing).service });
  const causes = fieldCauses(split.from);
  const details = missed.map(
    ({ when, to }) => `${nameOf(to)} is for requests of which ${testText(when)}; this one has ${sentText(when, at)}`,
  );
  if (unclear !== undefined) return step('canary', 'assumed', unclearText(unclear), { details, causes });
  if (rule !== undefined) {
    return step('canary', 'chose', `${testText(rule.when)}: ${nameOf(rule.to)}`, { details, causes });
  }
  const [only] = sides;
  if (sides.length === 1)
    return step('canary', 'chose', `no rule of a canary fits: ${nameOf(only.upstream)}`, { details, causes });
  const shares = sides.map(({ upstream, percent }) => `${percent} % ${nameOf(upstream)}`).join(', ');
  return step('canary', 'chose', `by chance, anew for each request: ${shares}`, { details, causes });
}

function unclearText({ when }: Split['rules'][number]): string {
  return `whether ${testText(when)} is known to nginx alone`;
}

function sentText({ of, name }: Split['rules'][number]['when'], at: OnTheWay): string {
  const sent = sentValue({ of, name }, at);
  if (sent === undefined || sent === '') return 'none';
  return isSecretHeader(name) ? 'another value' : `"${sent}"`;
}

function testText({ of, name, is }: Split['rules'][number]['when']): string {
  return `the ${of} ${name} ${is.kind === 'text' ? `is "${is.text}"` : `fits "${is.regex}"`}`;
}
