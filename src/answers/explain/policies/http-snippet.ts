import type { HttpSnippet } from '../../../routing/policies/http-snippet.ts';
import type { Explainer } from '../explainer.ts';
import { effectsOf } from '../snippet-effects.ts';
import { entering } from '../snippet-run.ts';

/** Headers alone. */
export const explainHttpSnippet: Explainer<HttpSnippet> = {
  phase: 'begin',
  explain({ asks: { statements }, from }, at) {
    const left = entering(at);
    const [effect] = effectsOf({ statements, from, at }, left);
    return effect === undefined || effect.verdict !== 'changed' ? [] : [effect];
  },
};
