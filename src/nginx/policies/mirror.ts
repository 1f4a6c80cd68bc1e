import { EMPTY, quote } from '../quote.ts';
import { quoteVariables } from '../variable-text.ts';

import type { LocationRenderer } from '../parts.ts';

export const renderMirror: LocationRenderer<'mirror'> = ({ to, uri, host, tlsName, hasBody }, tools) => {
  const { declare, passTo, text } = tools;
  const pass = passTo(to, quoteVariables(uri, tools));
  const copy = text('policies/mirror.copy.conf', {
    pass,
    hasBody,
    tlsName: tlsName === undefined ? undefined : quote(tlsName),
  });
  const place = declare.location({
    name: 'mirror',
    kind: 'uri',
    text: copy,
    requestHeaders: [
      { name: 'Host', value: quoteVariables(host, tools) },
      // Nobody would speak over what a WebSocket becomes.
      { name: 'Upgrade', value: EMPTY },
      { name: 'Connection', value: EMPTY },
      // The length would promise a body.
      ...(hasBody ? [] : [{ name: 'Content-Length', value: EMPTY }]),
    ],
  });
  // It belongs to no phase of inheritance: a page for errors would be copied again.
  return { location: { rewrite: text('policies/mirror.conf', { place, hasBody }) } };
};
