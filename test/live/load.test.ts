import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { syntaxOf } from '../../src/nginx/version.ts';
import { startBackends } from '../support/backends.ts';
import type { Backends } from '../support/backends.ts';
import { runBin } from '../support/bin.ts';
import type { Run } from '../support/bin.ts';
import { startLoad } from '../support/load/clients.ts';
import { openTimeline } from '../support/load/timeline.ts';
import type { Timeline } from '../support/load/timeline.ts';
import { manifestsOf, variantAt } from '../support/load/variants.ts';
import type { Variant } from '../support/load/variants.ts';
import { openLivingSocket } from '../support/load/web-socket.ts';
import { ingress, yamlOf } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts, localNginxVersion, nginxProgram } from '../support/nginx.ts';
import { pickyNginx, REFUSED_PATH } from '../support/picky-nginx.ts';
import { until } from '../support/until.ts';

/** `TEST_APPLIES=1000` for a long run. By default every variant is applied, and every bad input. */
const APPLIES = Number(process.env['TEST_APPLIES'] ?? 24);
/** So many requests are answered while and after an input is applied, however long that takes. */
const REQUESTS_EACH = 400;
/** Old workers keep the websocket as long as the test may last. */
const OPTIONS: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'options', namespace: 'shop' },
  data: { 'worker-shutdown-timeout': '1d' },
};

let backends: Backends;
let state = '';
/** Of programs that are not part of the state. */
let extras = '';
let httpPort = 0;
let httpsPort = 0;
/** Somebody else's port. */
let takenPort = 0;
let taken: Server;

beforeAll(async () => {
  backends = await startBackends();
  state = mkdtempSync(join(tmpdir(), 'ingress2nginx-load-'));
  chmodSync(state, 0o755);
  extras = mkdtempSync(join(tmpdir(), 'ingress2nginx-picky-'));
  [httpPort = 0, httpsPort = 0, takenPort = 0] = await freePorts(3);
  taken = createServer();
  await new Promise<void>(done => void taken.listen(takenPort, '0.0.0.0', () => done()));
});

afterAll(async () => {
  await runBin(['stop', '--state-dir', state, '--nginx', nginxProgram()]);
  taken.close();
  await backends.close();
  rmSync(state, { recursive: true, force: true });
  rmSync(extras, { recursive: true, force: true });
});

function apply(text: string, flags: readonly string[] = []): Promise<Run> {
  const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
  const own = [
    '--state-dir',
    state,
    '--nginx',
    nginxProgram(),
    '--keep-releases',
    '5',
    '--controller-config',
    'shop/options',
  ];
  return runBin(['apply', '-', ...own, ...ports, '--format', 'compact', ...flags], text);
}

function inputOf(variant: Variant): string {
  return yamlOf([OPTIONS, ...manifestsOf(variant, backends)]);
}

/** Inputs that must change nothing, and how an apply of them ends. */
interface BadInput {
  readonly name: string;
  readonly text: (good: string) => string;
  readonly flags?: readonly string[];
  readonly code: 1 | 3;
  readonly says: RegExp;
}

const REFUSED = ingress({ name: 'refused', host: 'refused.example.com', paths: [[REFUSED_PATH, 'Exact', 'web']] });

function badInputs(): readonly BadInput[] {
  return [
    { name: 'broken YAML', text: good => `${good}---\nkind: [\n`, code: 1, says: /error/ },
    {
      name: 'an Ingress with an error',
      text: good =>
        `${good}---\n${yamlOf([ingress({ name: 'bad', host: 'Bad_Host!', paths: [['/', 'Prefix', 'web']] })])}`,
      code: 1,
      says: /invalid-host/,
    },
    {
      name: 'what only nginx refuses',
      text: good => `${good}---\n${yamlOf([REFUSED])}`,
      flags: ['--nginx', pickyNginx(extras)],
      code: 1,
      says: /this nginx refuses/,
    },
    {
      name: 'a port that another program has',
      text: good => good,
      flags: ['--https-port', String(takenPort)],
      code: 3,
      says: /rolled back to release \S+[\s\S]*another program listens on port/,
    },
  ];
}

/** Every fourth input is bad; a port conflict takes nginx seconds, so it is rare. */
function badAt(index: number): BadInput | undefined {
  if (index % 4 !== 3) return undefined;
  const inputs = badInputs();
  const round = (index - 3) / 4;
  return round % 6 === 5 ? inputs[3] : inputs[round % 3];
}

/** `goOn` waits until enough has been asked meanwhile. */
async function applyInTurn(timeline: Timeline, goOn: () => Promise<void>) {
  const counts = { good: 0, bad: 0 };
  let current = 0;
  for (let index = 0; index < APPLIES; index += 1) {
    await goOn();
    const bad = badAt(index);
    if (bad !== undefined) {
      const run = await apply(bad.text(inputOf(variantAt(current + 1))), bad.flags);
      if (run.code !== bad.code || !bad.says.test(run.stderr))
        throw new Error(`${bad.name}: ${run.code} ${run.stderr}`);
      counts.bad += 1;
      continue;
    }
    current += 1;
    const variant = variantAt(current);
    timeline.begins(variant);
    const run = await apply(inputOf(variant));
    timeline.isServed();
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining(' reloaded, ') as string });
    counts.good += 1;
  }
  return counts;
}

test(`no request fails while ${APPLIES} inputs, good and bad, are applied`, async () => {
  const first = await apply(inputOf(variantAt(0)));
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining(' started, ') as string });
  const timeline = openTimeline(variantAt(0));
  const socket = await openLivingSocket(httpPort, 'live.example.com');
  const load = startLoad({
    port: httpPort,
    timeline,
    kept: { clients: 12, perSecond: 50 },
    fresh: { clients: 5, perSecond: 25 },
  });
  const startedAt = performance.now();
  const counts = await applyInTurn(timeline, async () => {
    const asked = load.tally.requests + REQUESTS_EACH;
    const heard = socket.echoes() + 1;
    await until(() => load.tally.requests >= asked && socket.echoes() >= heard);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { requests, fresh, again, closedInOrder, closedIdle, failures } = await load.stop();
  const echoes = socket.echoes();
  const problem = await socket.stop();
  console.log(
    `load: ${counts.good} good and ${counts.bad} bad applies in ${seconds.toFixed(1)} s; ${requests} requests ` +
      `(${Math.round(requests / seconds)}/s, ${fresh} on connections of their own), ${failures.length} failed, ${again} sent again after a ` +
      `kept connection had ended without a byte, ${closedIdle} kept connections closed while idle, ${closedInOrder} after an answer, ${echoes} echoes of one websocket`,
  );
  expect({ failures: failures.slice(0, 20), websocket: problem }).toEqual({ failures: [], websocket: undefined });
  expect(counts.good + counts.bad).toBe(APPLIES);
  expect(echoes).toBeGreaterThanOrEqual(APPLIES);
  expect(requests).toBeGreaterThanOrEqual(APPLIES * REQUESTS_EACH);
  // What keepalive_min_timeout is for; nginx before 1.27.4 does not have it.
  expect(again).toBeLessThanOrEqual(syntaxOf(localNginxVersion()).keepaliveMinTimeout ? 0 : requests);
});
