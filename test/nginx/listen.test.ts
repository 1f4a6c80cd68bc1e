import { connect } from 'node:net';

import { expect, test } from 'vitest';

import { renderNginx } from '../../src/nginx/render.ts';
import { freePorts, startNginx } from '../support/nginx.ts';
import { fromIngress, locationOf, peerOf, routingOf, serverOf, status } from '../support/routing.ts';

/** What nginx answers at an address, or `closed`. */
function askAt(address: string, port: number, host: string): Promise<string> {
  return new Promise(resolve => {
    let text = '';
    const bytes = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const socket = connect(port, address, () => socket.write(bytes));
    socket.on('data', chunk => (text += String(chunk)));
    socket.on('end', () => resolve(text.slice(9, 12))).on('error', () => resolve('closed'));
  });
}

test.each([
  { addresses: ['0.0.0.0', '::'], open: ['127.0.0.1', '127.0.0.9', '::1'], closed: [] },
  { addresses: ['0.0.0.0'], open: ['127.0.0.1', '127.0.0.9'], closed: ['::1'] },
  { addresses: ['::'], open: ['::1'], closed: ['127.0.0.1'] },
  { addresses: ['127.0.0.1', '::1'], open: ['127.0.0.1', '::1'], closed: ['127.0.0.9'] },
  { addresses: ['127.0.0.9'], open: ['127.0.0.9'], closed: ['127.0.0.1', '::1'] },
])('on $addresses, every host and TCP port is served at $open and not at $closed', async row => {
  const [httpPort = 0, httpsPort = 0, tcpPort = 0] = await freePorts(3);
  const hosts = [serverOf('a.example.com', [locationOf('/', status(503, 'nobody is ready'))])];
  const [first = ''] = row.open;
  const addresses = [peerOf(first.includes(':') ? `[${first}]:${httpPort}` : `${first}:${httpPort}`)];
  const stream = { protocol: 'TCP', port: tcpPort, peers: { kind: 'addresses', addresses } } as const;
  const streams = [{ ...stream, acceptsProxyProtocol: false, sendsProxyProtocol: false, from: fromIngress('db/tcp') }];
  const routing = routingOf({ listeners: { addresses: row.addresses, httpPort, httpsPort }, hosts, streams });
  const nginx = await startNginx(renderNginx(routing, {}), httpPort, first);
  try {
    for (const address of row.open) {
      expect([
        await askAt(address, httpPort, 'a.example.com'),
        await askAt(address, httpPort, 'b.example.com'),
      ]).toEqual(['503', '404']);
      expect(await askAt(address, tcpPort, 'a.example.com')).toBe('503');
    }
    for (const address of row.closed) expect(await askAt(address, httpPort, 'a.example.com')).toBe('closed');
  } finally {
    await nginx.stop();
  }
});
