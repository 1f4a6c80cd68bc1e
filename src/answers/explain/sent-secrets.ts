import { isSecretHeader, NOT_SHOWN, shownValue } from '../../routing/secret-headers.ts';
import type { SentHeader } from './model.ts';

/** Whether a text holds a value of a header that may let somebody in: then it must not be shown. */
export function holdsSecret(text: string, sent: readonly SentHeader[]): boolean {
  return secretsIn(sent).some(secret => text.includes(secret));
}

/** Shorter values are words that stand anywhere. */
const SHORTEST = 4;

/** What a request sends that may let somebody in. Of cookies those whose name says so: others choose a canary. */
export function secretsIn(sent: readonly SentHeader[]): readonly string[] {
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

/** The value that nginx sets for a header as it may be shown: by its name, and by what it repeats of the request. */
export function shownHeaderValue({ name, value }: SentHeader, sent: readonly SentHeader[]): string {
  return holdsSecret(value, sent) ? NOT_SHOWN : shownValue(name, value);
}
