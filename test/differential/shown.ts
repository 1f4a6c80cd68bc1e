import { RECEIVED } from './pods.ts';
import type { Wrong } from './shrink.ts';

/** All that one needs to see why an answer differs, as a text. */
export function shownWrong({ set, sent, got, explanation, difference, options }: Wrong): string {
  const { outcome, steps } = explanation;
  const headers = got.kind === 'answer' ? { ...got.headers, [RECEIVED]: undefined } : undefined;
  return [
    `DIFFERENCE: ${difference}`,
    `  options: ${JSON.stringify(options)}`,
    ...set.ingresses.map(ingress => `  ${JSON.stringify(ingress)}`),
    `  request: ${JSON.stringify(sent)}`,
    `  nginx: ${JSON.stringify({ ...got, headers })}`,
    `  explained: ${JSON.stringify(outcome)}`,
    ...steps.map(({ name, verdict, text, details }) => `    ${name} ${verdict}: ${[text, ...details].join('; ')}`),
  ].join('\n');
}
