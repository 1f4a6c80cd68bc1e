import { variable } from '../quote.ts';
import { quoteVariables } from '../variable-text.ts';

import type { Header } from '../headers.ts';
import type { HttpRenderer } from '../parts.ts';

export const renderRequestHeaders: HttpRenderer<'requestHeaders'> = (asks, tools) => {
  const { text } = tools;
  const { headers, generatesId, hasOriginalUri } = asks;
  const original: readonly Header[] = hasOriginalUri
    ? [{ name: 'X-Original-URI', value: variable('request_uri') }]
    : [];
  return {
    requests: text('policies/request-headers.http.conf', { generatesId }),
    requestHeaders: [...original, ...headers.map(({ name, value }) => ({ name, value: quoteVariables(value, tools) }))],
  };
};
