import type { CustomHeaders } from '../../../routing/policies/custom-headers.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';
import { changed } from '../response-effect.ts';

export const explainCustomHeaders: Explainer<CustomHeaders> = {
  phase: 'begin',
  explain({ asks: { headers }, from }) {
    const text = `the response gets ${headers.map(({ name }) => name).join(', ')} (${askerText(from[0])})`;
    return [changed(text, headers)];
  },
};
