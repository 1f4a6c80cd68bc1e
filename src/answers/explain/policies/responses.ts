import type { BackendCookies } from '../../../routing/policies/backend-cookies.ts';
import type { BackendRedirects } from '../../../routing/policies/backend-redirects.ts';
import type { CustomHeaders } from '../../../routing/policies/custom-headers.ts';
import type { Hsts } from '../../../routing/policies/hsts.ts';
import type { Replacement } from '../../../routing/policies/replacement.ts';
import type { ResponseHeaders } from '../../../routing/policies/response-headers.ts';
import { askerText } from '../asking.ts';
import type { Effect, Explainer } from '../explainer.ts';
import { textOfParts } from '../variables.ts';

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

export const explainCustomHeaders: Explainer<CustomHeaders> = {
  phase: 'begin',
  explain({ asks: { headers }, from }) {
    const text = `the response gets ${headers.map(({ name }) => name).join(', ')} (${askerText(from[0])})`;
    return [{ name: 'response', verdict: 'changed', text, responseHeaders: headers }];
  },
};

export const explainResponseHeaders: Explainer<ResponseHeaders> = {
  phase: 'begin',
  explain({ asks: { headers, hidden }, from }, at) {
    const added = headers.map(({ name, value }) => ({ name, value: textOfParts(value, at) }));
    const names = added.map(({ name }) => name).join(', ');
    const asker = askerText(from[0]);
    return [
      ...(added.length === 0 ? [] : [changed(`the response gets ${names} (${asker})`, added)]),
      ...(hidden.length === 0 ? [] : [changed(`the response loses ${hidden.join(', ')} of the backend (${asker})`)]),
    ];
  },
};

function changed(text: string, responseHeaders: NonNullable<Effect['responseHeaders']> = []): Effect {
  return { name: 'response', verdict: 'changed', text, responseHeaders };
}

export const explainBackendRedirects: Explainer<BackendRedirects> = {
  phase: 'content',
  explain({ asks: { url }, from }) {
    return url === 'off' ? [] : [changed(`in Location of the backend ${replaced(url)} (${askerText(from[0])})`)];
  },
};

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

function replaced({ from, to }: Replacement): string {
  return `"${from}" becomes "${to}"`;
}
