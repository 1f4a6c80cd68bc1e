import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

import { closedSockets, listenersOf, socketsOn } from '../../../../src/live/apply/listeners.ts';

async function listening(address: string) {
  const server = createServer();
  await new Promise<void>(resolve => void server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise(resolve => void server.close(resolve)) };
}

test.each([
  { address: '127.0.0.1', text: '127.0.0.1' },
  { address: '0.0.0.0', text: '0.0.0.0' },
  { address: '127.1.2.3', text: '127.1.2.3' },
  { address: '::', text: '[::]' },
  { address: '::1', text: '[::1]' },
])('finds what listens on $address', async ({ address, text }) => {
  const server = await listening(address);
  expect(listenersOf(process.pid)).toContainEqual({ address: text, port: server.port });
  await server.close();
  expect(listenersOf(process.pid)).not.toContainEqual({ address: text, port: server.port });
});

test.each([
  { address: '0.0.0.0', shown: '0.0.0.0' },
  { address: '127.0.0.1', shown: '127.0.0.1' },
  { address: '127.1.2.3', shown: '127.1.2.3' },
  { address: '::', shown: '[::]' },
  { address: '::1', shown: '[::1]' },
])('says which ports of $address nobody answers on', async ({ address, shown }) => {
  const [open, closed] = [await listening(address), await listening(address)];
  await closed.close();
  const sockets = socketsOn([address], [open.port, closed.port]);
  expect(await closedSockets(sockets)).toEqual([{ address: shown, port: closed.port }]);
  await open.close();
});
