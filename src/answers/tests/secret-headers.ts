import { NOT_SHOWN } from '../../routing/secret-headers.ts';
import type { SentHeader } from '../explain/model.ts';
import { secretsIn } from '../explain/sent-secrets.ts';
import type { TestResult } from './results.ts';

/** A parameter of a query: its name with the sign before it, and its value. */
const PARAMETER =
  /([?&](?:[^=&#?\s]*(?:token|passw|secret|signature|credential|session|auth(?!or))[^=&#?\s]*|[^=&#?\s]*key|sig)=)[^&#\s"',)]+/gi;

/** A text without what a request sends to be let in, and without the values of such parameters of URLs. */
export function withoutSecretsOf(text: string, sent: readonly SentHeader[]): string {
  const rest = secretsIn(sent).reduce((left, secret) => left.replaceAll(secret, NOT_SHOWN), text);
  return rest.replace(PARAMETER, (_all, name: string) => `${name}${NOT_SHOWN}`);
}

/** A result in which no text holds what its request sends to be let in. */
export function withoutSecrets(result: TestResult, sent: readonly SentHeader[]): TestResult {
  const shown = (text: string): string => withoutSecretsOf(text, sent);
  const { name, request, answer, mismatches, wrongStep, advice } = result;
  return {
    ...result,
    name: shown(name),
    request: shown(request),
    answer: shown(answer),
    mismatches: mismatches.map(({ field, expected, got }) => ({ field, expected: shown(expected), got: shown(got) })),
    ...(wrongStep === undefined
      ? {}
      : { wrongStep: { ...wrongStep, text: shown(wrongStep.text), details: wrongStep.details.map(shown) } }),
    advice: advice.map(shown),
  };
}
