import type { Explanation, Step, StepName } from '../explain/model.ts';
import type { Aspect, Check } from './checks.ts';
import type { Verdict } from './model.ts';

/** Which steps settle an aspect: the first of these that there is, each as it was settled last. */
const SETTLED_BY = {
  tls: ['tls', 'listener'],
  location: ['location', 'server'],
  auth: ['auth', 'client-certificate', 'location'],
  answer: ['location', 'server'],
  service: ['canary', 'location'],
  uri: ['rewrite', 'snippet', 'location'],
  headers: ['headers', 'upstream', 'location'],
  response: ['response', 'preflight', 'location'],
} as const satisfies Readonly<Record<Aspect, readonly StepName[]>>;

/** The first step that made one of these checks fail. */
export function wrongStepOf(failed: readonly Check[], { steps }: Explanation): Verdict['wrongStep'] {
  const indexes = failed.map(({ aspect }) => indexFor(aspect, steps)).filter(index => index !== -1);
  const index = Math.min(...indexes);
  const step = steps[index];
  return step === undefined ? undefined : { index, step };
}

/** Whatever answered by itself decided what came of the request, and that nothing behind it did. */
function indexFor(aspect: Aspect, steps: readonly Step[]): number {
  const answered = steps.findLastIndex(({ verdict }) => verdict === 'answered');
  if (aspect === 'answer' && answered !== -1) return answered;
  for (const name of SETTLED_BY[aspect]) {
    const index = steps.findLastIndex(step => step.name === name);
    if (index !== -1) return index;
  }
  return answered === -1 ? steps.length - 1 : answered;
}
