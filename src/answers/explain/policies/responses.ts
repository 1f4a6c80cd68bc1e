import type { Hsts } from '../../../routing/policies/hsts.ts';
import type { ResponseHeaders } from '../../../routing/policies/response-headers.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';
import { changed } from '../response-effect.ts';
import { valueOfParts } from '../variables.ts';

/** Browsers ask for HTTPS themselves from then on: the usual reason why HTTP cannot be tried any more. */
export const explainHsts: Explainer<Hsts> = {
  phase: 'begin',
  explain({ asks: { value }, from }, { request }) {
    if (request.scheme === 'http') return [];
    const responseHeaders = [{ name: 'Strict-Transport-Security', value }];
    const text = `browsers are told to ask this host over HTTPS only (${askerText(from[0])})`;
    return [{ name: 'response', verdict: 'changed', text, responseHeaders }];
  },
};

export const explainResponseHeaders: Explainer<ResponseHeaders> = {
  phase: 'begin',
  explain({ asks: { headers, hidden }, from }, at) {
    const added = headers.map(({ name, value }) => ({ name, value: valueOfParts(value, at) }));
    const names = added.map(({ name }) => name).join(', ');
    const asker = askerText(from[0]);
    return [
      ...(added.length === 0 ? [] : [changed(`the response gets ${names} (${asker})`, added)]),
      ...(hidden.length === 0 ? [] : [changed(`the response loses ${hidden.join(', ')} of the backend (${asker})`)]),
    ];
  },
};
