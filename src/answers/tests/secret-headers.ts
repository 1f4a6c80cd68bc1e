import type { SentHeader } from '../explain/model.ts';
import type { TestResult } from './results.ts';

const SECRET = /auth|cookie|token|secret|passw|credential|api-?key|session/i;

/** Whether the value of a header may let somebody in, by its name. */
export function isSecretHeader(name: string): boolean {
  return SECRET.test(name);
}

/** Whether a text may be shown: it holds no value of a header that may let somebody in. */
export function holdsSecret(text: string, sent: readonly SentHeader[]): boolean {
  return secretsIn(sent).some(secret => text.includes(secret));
}

/** Shorter values are words that stand anywhere. */
const SHORTEST = 4;

/** What a request sends that may let somebody in. Of cookies those whose name says so: others choose a canary. */
function secretsIn(sent: readonly SentHeader[]): readonly string[] {
  const secrets = sent.flatMap(({ name, value }) => {
    if (name.toLowerCase() !== 'cookie') return isSecretHeader(name) ? [value, value.replace(/^\S+ /, '')] : [];
    return value.split('; ').flatMap(pair => {
      const [cookie = '', ...rest] = pair.split('=');
      return isSecretHeader(cookie) ? [rest.join('=')] : [];
    });
  });
  // One may begin with another.
  return secrets.filter(secret => secret.length >= SHORTEST).toSorted((a, b) => b.length - a.length);
}

/** A result in which no text holds what its request sends to be let in. */
export function withoutSecrets(result: TestResult, sent: readonly SentHeader[]): TestResult {
  const secrets = secretsIn(sent);
  if (secrets.length === 0) return result;
  const shown = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '(not shown)'), text);
  const { answer, mismatches, wrongStep, advice } = result;
  return {
    ...result,
    answer: shown(answer),
    mismatches: mismatches.map(({ field, expected, got }) => ({ field, expected: shown(expected), got: shown(got) })),
    ...(wrongStep === undefined
      ? {}
      : { wrongStep: { ...wrongStep, text: shown(wrongStep.text), details: wrongStep.details.map(shown) } }),
    advice: advice.map(shown),
  };
}
