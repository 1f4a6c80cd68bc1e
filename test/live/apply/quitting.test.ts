import { createServer, get } from 'node:http';
import type { ClientRequest } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { listenersOf } from '../../../src/live/apply/listeners.ts';
import { answerOn, NEVER, statusOf, testState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';
import { until } from '../../support/until.ts';

let state: TestState;
let port = 0;
let isAsked = false;
/** Never answers. */
const backend = createServer(() => void (isAsked = true));
let request: ClientRequest;

beforeEach(async () => {
  state = testState();
  isAsked = false;
  const [own = 0, other = 0] = await freePorts(2);
  port = own;
  await new Promise<void>(resolve => void backend.listen(other, '127.0.0.1', resolve));
  await state.apply({ port, answer: 'none', proxyTo: other });
  request = get({ host: '127.0.0.1', port });
  request.on('error', () => undefined);
  await until(() => isAsked);
  const pid = (await statusOf(state.folder)).nginx?.pid ?? 0;
  process.kill(pid, 'SIGQUIT');
  await until(() => listenersOf(pid)?.length === 0);
});

afterEach(async () => {
  request.destroy();
  await state.end();
  backend.closeAllConnections();
  await new Promise(resolve => void backend.close(resolve));
});

test('an nginx that somebody told to quit has no workers that take connections', async () => {
  expect((await statusOf(state.folder)).nginx).toMatchObject({ workers: 0, workersShuttingDown: 1, listeners: [] });
});

test.each(['one', 'two'])('beside an nginx that is quitting, apply starts another that answers "%s"', async answer => {
  const outcome = await state.apply({ port, answer });
  expect(outcome).toMatchObject({ kind: 'serving', action: 'started' });
  expect(await answerOn(port)).toBe(answer);
  expect(await state.apply({ port, answer: 'three' })).toMatchObject({ kind: 'serving', action: 'reloaded' });
  expect(await answerOn(port)).toBe('three');
  expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop', timeoutMs: 100 })).toBe(true);
  expect((await statusOf(state.folder)).nginx).toBeUndefined();
});
