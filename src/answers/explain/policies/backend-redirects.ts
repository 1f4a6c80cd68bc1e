import type { BackendRedirects } from '../../../routing/policies/backend-redirects.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';
import { changed, replaced } from '../response-effect.ts';

export const explainBackendRedirects: Explainer<BackendRedirects> = {
  phase: 'content',
  explain({ asks: { url }, from }) {
    return url === 'off' ? [] : [changed(`in Location of the backend ${replaced(url)} (${askerText(from[0])})`)];
  },
};
