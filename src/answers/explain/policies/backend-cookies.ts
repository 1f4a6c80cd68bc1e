import type { BackendCookies } from '../../../routing/policies/backend-cookies.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';
import { changed, replaced } from '../response-effect.ts';

export const explainBackendCookies: Explainer<Partial<BackendCookies>> = {
  phase: 'content',
  explain({ asks: { domain, path }, from }) {
    const parts = (
      [
        ['Domain', domain],
        ['Path', path],
      ] as const
    ).flatMap(([attribute, replacement]) =>
      replacement === undefined || replacement === 'off' ? [] : [`in their ${attribute} ${replaced(replacement)}`],
    );
    return parts.length === 0
      ? []
      : [changed(`cookies of the backend are changed: ${parts.join(', ')} (${askerText(from[0])})`)];
  },
};
