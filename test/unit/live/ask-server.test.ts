import { once } from 'node:events';
import { createServer } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { askedRequest, readAskedUrl } from '../../../src/answers/explain/asked-url.ts';
import { askServer } from '../../../src/live/ask-server.ts';

const ask = (hostname: string, port: number) => {
  const url = readAskedUrl('http://shop.example/');
  if (!('target' in url)) throw new Error(url.problem);
  const signal = new AbortController().signal;
  const options = { timeoutMs: 200, checksCertificates: true, readsBody: true, signal };
  return askServer(askedRequest(url), { hostname, port }, options);
};

/** Sends a text, then one more letter again and again: the connection is never idle, and nothing ever ends. */
async function dripping(begin: string): Promise<number> {
  const server = createServer(socket => {
    socket.write(begin);
    const drip = setInterval(() => socket.write('a'), 20);
    socket.on('error', () => socket.destroy()).on('close', () => clearInterval(drip));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test.each([
  ['the head', 'HTTP/1.1 200 OK\r\nX-Long: '],
  ['the body', 'HTTP/1.1 200 OK\r\n\r\n'],
])('a server that sends %s letter by letter does not answer in time', async (_what, begin) => {
  const port = await dripping(begin);
  const answer = await ask('127.0.0.1', port);
  expect(answer).toEqual({ kind: 'failed', problem: `127.0.0.1:${port}: no answer within 0.2 s` });
});

test('an IPv6 address stands in brackets', async () => {
  const answer = await ask('::1', 1);
  expect(answer).toMatchObject({ kind: 'failed', problem: expect.stringMatching(/^\[::1\]:1: /) });
});
