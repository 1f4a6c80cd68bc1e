import type { AppRoot } from '../../../routing/policies/app-root.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';
import { textWithVariables } from '../variables.ts';

export const explainAppRoot: Explainer<AppRoot> = {
  phase: 'server',
  explain({ asks: { path }, from }, at) {
    if (at.path !== '/') return [];
    const { request } = at;
    const url = `${request.scheme}://${request.host}${textWithVariables(path, at)}`;
    const reason = `"/" is redirected to ${path} (${askerText(from[0])})`;
    const answer = { status: 302, url, reason, hasBody: true } as const;
    return [
      {
        name: 'redirect',
        verdict: 'answered',
        text: reason,
        answer,
        advice: [`Ask for ${url}; to change the path that the backend gets, use rewrite-target`],
      },
    ];
  },
};
