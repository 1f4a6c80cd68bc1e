import { request } from 'node:http';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { MetricsOpening } from '../../../src/live/metrics.ts';
import { openMetrics } from '../../../src/live/metrics.ts';
import { handClock } from '../../support/hand-clock.ts';
import { freePorts } from '../../support/nginx.ts';

let port = 0;
let metrics: Extract<MetricsOpening, { kind: 'open' }> | undefined;

beforeEach(async () => {
  [port = 0] = await freePorts(1);
  const opening = await openMetrics(port, handClock());
  if (opening.kind === 'failed') throw new Error(opening.problem);
  metrics = opening;
});
afterEach(() => metrics?.close());

/** The status of the answer to a request with this Host header. */
function ask(path: string, host: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { host } }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end();
  });
}

test.each(['127.0.0.1', '127.0.0.1:9113', 'localhost', 'LocalHost:9113', '[::1]:9113', '10.0.0.7'])(
  'Host %s, which nobody on the web can have, is answered',
  async host => {
    expect(await ask('/metrics', host)).toBe(200);
    expect(await ask('/healthz', host)).toBe(200);
  },
);

test.each(['evil.example', 'evil.example:9113', 'localhost.evil.example', '127.0.0.1.evil.example', '127.0.0.1@evil'])(
  'Host "%s" is not: a page on the web may be behind it',
  async host => {
    for (const path of ['/metrics', '/healthz', '/readyz', '/']) expect(await ask(path, host)).toBe(421);
    expect(await ask('/metrics', host, 'HEAD')).toBe(421);
  },
);

test('the name in the request line does not matter', async () => {
  expect(await ask('http://evil.example/metrics', '127.0.0.1')).toBe(404);
});
