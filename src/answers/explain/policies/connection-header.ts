import type { ConnectionHeader } from '../../../routing/policies/connection-header.ts';
import type { Explainer } from '../explainer.ts';

/** `connection-proxy-header`: WebSockets do not get through it. */
export const explainConnectionHeader: Explainer<ConnectionHeader> = {
  phase: 'content',
  explain({ asks: { value } }, { request }) {
    const isWebSocket = request.headers.some(header => /^upgrade$/i.test(header.name));
    const text = `the backend gets the header "Connection: ${value}"${isWebSocket ? ', so that no WebSocket is opened' : ''}`;
    return [{ name: 'headers', verdict: 'changed', text, requestHeaders: [{ name: 'Connection', value }] }];
  },
};
