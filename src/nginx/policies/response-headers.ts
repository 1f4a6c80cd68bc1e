import { quoteVariables } from '../variable-text.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderResponseHeaders: HttpRenderer<'responseHeaders'> = (asks, tools) => {
  const { headers, hidden, showsVersion, passesServer } = asks;
  const { text, facts } = tools;
  const { speaksGrpc, speaksFastcgi } = facts;
  return {
    identity: text('policies/response-headers.http.conf', { showsVersion, passesServer, speaksGrpc, speaksFastcgi }),
    responseHeaders: headers.map(({ name, value }) => ({
      name,
      value: quoteVariables(value, tools),
      replaces: true,
    })),
    hidden,
  };
};
