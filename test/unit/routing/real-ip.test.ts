import { expect, test } from 'vitest';

import type { Listeners, Routing } from '../../../src/routing/model.ts';
import type { Forwarded } from '../../../src/routing/policies/forwarded.ts';
import { realIp } from '../../../src/routing/real-ip.ts';

const ASKS: Forwarded = {
  isBelieved: true,
  isContinued: false,
  forHeader: 'X-Forwarded-For',
  hostHeader: 'X-Forwarded-Host',
  bothHeader: 'X-Forwarded-For-Proxy-Protocol',
  isClosed: false,
};
const LISTENERS: Listeners = { addresses: ['0.0.0.0'], httpPort: 80, httpsPort: 443 };

interface Given {
  readonly trusted?: readonly string[];
  readonly sent?: string;
  readonly isProxied?: true;
}

function clientOf(connected: string, { trusted, sent, isProxied }: Given): string {
  const asks = trusted === undefined ? ASKS : { ...ASKS, trusted };
  const listeners = isProxied === undefined ? LISTENERS : { ...LISTENERS, takesProxyProtocol: isProxied };
  const http: Routing['http'] = { forwarded: { asks, from: [{ by: 'default', name: 'use-forwarded-headers' }] } };
  return realIp(connected, { http, listeners }, name => (name === 'X-Forwarded-For' ? sent : undefined));
}

const NETWORK = ['10.0.0.0/8'];

test.each<readonly [sentence: string, connected: string, given: Given, client: string]>([
  ['who connects is the client where nobody is trusted', '10.0.0.1', { sent: '192.0.2.1' }, '10.0.0.1'],
  ['a trusted proxy names the client', '10.0.0.1', { trusted: NETWORK, sent: '192.0.2.1' }, '192.0.2.1'],
  ['another one names nobody', '198.51.100.1', { trusted: NETWORK, sent: '192.0.2.1' }, '198.51.100.1'],
  [
    'of several, the last that is not trusted itself is the client',
    '10.0.0.1',
    { trusted: NETWORK, sent: '203.0.113.9, 192.0.2.1, 10.0.0.2' },
    '192.0.2.1',
  ],
  ['if all are trusted, the first is', '10.0.0.1', { trusted: NETWORK, sent: '10.0.0.3, 10.0.0.2' }, '10.0.0.3'],
  ['a proxy that says nothing is the client', '10.0.0.1', { trusted: NETWORK }, '10.0.0.1'],
  ['what is no address ends the list', '10.0.0.1', { trusted: NETWORK, sent: '192.0.2.1, unknown' }, '10.0.0.1'],
  ['a port does not count', '10.0.0.1', { trusted: NETWORK, sent: '192.0.2.1:4711' }, '192.0.2.1'],
  ['IPv6 may stand in brackets', '10.0.0.1', { trusted: NETWORK, sent: '[2001:db8::1]:4711' }, '2001:db8::1'],
  [
    'whom a PROXY protocol names is the client, whatever headers say',
    '10.0.0.1',
    { trusted: NETWORK, sent: '192.0.2.1', isProxied: true },
    '10.0.0.1',
  ],
  [
    'unless everybody is trusted',
    '10.0.0.1',
    { trusted: ['0.0.0.0/0'], sent: '192.0.2.1', isProxied: true },
    '192.0.2.1',
  ],
])('%s', (_, connected, given, client) => {
  expect(clientOf(connected, given)).toBe(client);
});
