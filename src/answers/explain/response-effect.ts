import type { Replacement } from '../../routing/policies/replacement.ts';
import type { Effect } from './explainer.ts';

/** Something is changed in the response. */
export function changed(text: string, responseHeaders: NonNullable<Effect['responseHeaders']> = []): Effect {
  return { name: 'response', verdict: 'changed', text, responseHeaders };
}

/** What is replaced in a text of a backend, in words. */
export function replaced({ from, to }: Replacement): string {
  return `"${from}" becomes "${to}"`;
}
