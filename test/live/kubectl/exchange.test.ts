import { Agent, createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { exchange, follow } from '../../../src/live/kubectl/exchange.ts';
import { PATIENCE_MS } from '../../support/until.ts';

// What kubectl proxy may do on its socket, and does only when something breaks at the wrong moment.

const folder = mkdtempSync(join(tmpdir(), 'i2n-exchange-'));
const socket = join(folder, 'socket');
const agent = new Agent({ keepAlive: true });
const line = { socket, agent };
let answer: (response: ServerResponse) => void;
const server = createServer((_, response) => answer(response));

beforeAll(() => new Promise<void>(resolve => void server.listen(socket, resolve)));

afterAll(() => {
  agent.destroy();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const CUT = { kind: 'unreachable', problem: 'the answer was incomplete' };

test.each<{ name: string; write: (response: ServerResponse) => void; expected: unknown }>([
  {
    name: 'an answer that is cut before its length',
    write: response => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"kind":');
      setTimeout(() => response.destroy(), 50);
    },
    expected: CUT,
  },
  {
    name: 'an answer in chunks that is cut behind a whole value',
    write: response => {
      response.write('{}');
      setTimeout(() => response.destroy(), 50);
    },
    expected: CUT,
  },
  {
    name: 'no answer at all',
    write: response => response.destroy(),
    expected: { kind: 'unreachable', problem: 'the connection was lost' },
  },
  {
    name: 'an answer in many pieces',
    write: response => {
      const bytes = Buffer.from('{"text":"grüße"}');
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    },
    expected: { kind: 'ok', value: { text: 'grüße' } },
  },
  {
    name: 'a redirection, which is nothing for us',
    write: response => response.writeHead(302, { location: '/elsewhere' }).end(),
    expected: { kind: 'refused', code: 302, reason: '', message: 'the API server answered 302' },
  },
])('takes $name', async ({ write, expected }) => {
  answer = write;
  expect(await exchange(line, { method: 'GET', path: '/', timeoutMs: PATIENCE_MS })).toEqual(expected);
});

test.each<{ name: string; write: (response: ServerResponse) => void; lines: readonly string[]; end: unknown }>([
  {
    name: 'a stream that ends, with its last line cut',
    write: response => response.end('{"a":1}\n{"b"'),
    lines: ['{"a":1}'],
    end: { kind: 'ended' },
  },
  {
    name: 'a stream that is cut',
    write: response => {
      response.write('{"a":1}\n{"b"');
      setTimeout(() => response.destroy(), 50);
    },
    lines: ['{"a":1}'],
    end: { kind: 'unreachable', problem: 'the connection was lost' },
  },
  {
    name: 'a stream that is silent after its first line',
    write: response => response.write('{"a":1}\n'),
    lines: ['{"a":1}'],
    end: { kind: 'silent' },
  },
  {
    name: 'a refusal instead of a stream',
    write: response => response.writeHead(410).end('{"status":"Failure","message":"too old","reason":"Expired"}'),
    lines: [],
    end: { kind: 'refused', code: 410, reason: 'Expired', message: 'too old' },
  },
])('follows $name', async ({ write, lines, end }) => {
  answer = write;
  const came: string[] = [];
  const { signal } = new AbortController();
  const reader = { signal, silenceMs: 500, onLine: (text: string) => void came.push(text) };
  expect(await follow(line, '/', reader)).toEqual(end);
  expect(came).toEqual(lines);
});

test('hands over no line after it was ended', async () => {
  answer = response => response.end('one\ntwo\nthree\n');
  const ending = new AbortController();
  const came: string[] = [];
  const onLine = (text: string): void => {
    came.push(text);
    ending.abort();
  };
  expect(await follow(line, '/', { signal: ending.signal, silenceMs: 5_000, onLine })).toEqual({ kind: 'aborted' });
  expect(came).toEqual(['one']);
});

/** Writes until nobody reads any more. */
function writeForEver(response: ServerResponse, text: string): void {
  const more = (): void => {
    while (!response.destroyed && response.write(text));
  };
  response.on('drain', more);
  more();
}

test('reads an answer up to a limit', async () => {
  answer = response => writeForEver(response, ' '.repeat(10_000));
  const asked = exchange(line, { method: 'GET', path: '/', timeoutMs: PATIENCE_MS }, 2 ** 20);
  expect(await asked).toEqual({ kind: 'unreachable', problem: 'the answer is longer than 1 MiB' });
});

test('reads of a refusal without end what it says first', async () => {
  answer = response => {
    response.writeHead(403);
    writeForEver(response, 'not you\n'.repeat(1_000));
  };
  const refused = { kind: 'refused', code: 403, reason: '', message: 'not you' };
  expect(await exchange(line, { method: 'GET', path: '/', timeoutMs: PATIENCE_MS })).toEqual(refused);
  const reader = { signal: new AbortController().signal, silenceMs: PATIENCE_MS, onLine: () => undefined };
  expect(await follow(line, '/', reader)).toEqual(refused);
});

test('says that nobody listens', async () => {
  const nobody = { socket: join(folder, 'nobody'), agent };
  const problem = 'kubectl proxy has exited';
  expect(await exchange(nobody, { method: 'GET', path: '/' })).toEqual({ kind: 'unreachable', problem });
});
