import type { SentHeader } from '../explain/model.ts';

const SECRET = /auth|cookie|token|secret|passw|credential|api-?key|session/i;

/** Whether the value of a header may let somebody in, by its name. */
export function isSecretHeader(name: string): boolean {
  return SECRET.test(name);
}

/** Whether a text may be shown: it holds no value of a header that may let somebody in. */
export function holdsSecret(text: string, sent: readonly SentHeader[]): boolean {
  return sent.some(({ name, value }) => value !== '' && isSecretHeader(name) && text.includes(value));
}
