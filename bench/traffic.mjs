// @ts-check
// Requests through our nginx.conf, against those through one of the same behaviour that is written by hand: `node
// bench/traffic.mjs [--quick]`. Both run side by side, in front of a third nginx, and take turns. It needs wrk.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { writeCorpus } from './corpus.mjs';
import { contendersOf } from './load/contenders.mjs';
import { targetsIn } from './load/hand-written.mjs';
import { startNginx } from './load/nginx.mjs';
import { median } from './measure.mjs';
import { head, row } from './tables.mjs';
import { cpuSeconds } from './watch/processes.mjs';

const BACKEND_PORT = 27_980;
const CONNECTIONS = 32;
/** Plain HTTP shall be answered, not redirected. */
const WITHOUT_REDIRECT = { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' };

/** @typedef {{ readonly perSecond: number, readonly cpuPerRequest: number }} Round */
/** @typedef {Awaited<ReturnType<typeof startNginx>>} Nginx */

/** The nginx behind the others, which answers everything with 200. */
const BACKEND = `worker_processes 1;
pid run/nginx.pid;
error_log logs/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000;
  server {
    listen 127.0.0.1:${BACKEND_PORT} reuseport;
    location = /bench-worker { return 200 $pid; }
    location / { return 200 "hello\\n"; }
  }
}
`;

/** One round of wrk against a host of a running nginx. */
function load(
  /** @type {Nginx} */ nginx,
  /** @type {{ port: number, host: string, path: string, seconds: number }} */ target,
) {
  const { port, host, path, seconds } = target;
  const workers = nginx.workers().map(pid => ({ pid: Number(pid) }));
  const spent = () => workers.reduce((sum, worker) => sum + cpuSeconds(worker), 0);
  const before = spent();
  const words = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-H', `Host: ${host}`, `http://127.0.0.1:${port}${path}`];
  const { stdout, status } = spawnSync('wrk', words, { encoding: 'utf8' });
  if (status !== 0 || stdout.includes('Non-2xx')) throw new Error(`wrk: ${stdout}`);
  const requests = Number(/^ *(\d+) requests in/mu.exec(stdout)?.[1]);
  const perSecond = Number(/^Requests\/sec: +([\d.]+)/mu.exec(stdout)?.[1]);
  return { perSecond, cpuPerRequest: (1e6 * (spent() - before)) / requests };
}

/** One worker each, so that the two cores are enough for all, and backends that answer. */
function lead(/** @type {string} */ folder) {
  const path = join(folder, 'nginx.conf');
  const conf = readFileSync(path, 'utf8')
    .replace(/worker_processes \w+;/u, 'worker_processes 1;')
    .replaceAll(/\bserver 127\.[\d.]+:\d+/gu, `server 127.0.0.1:${BACKEND_PORT}`);
  writeFileSync(path, conf);
  return conf;
}

/** All rounds of a cluster. */
async function measure(
  /** @type {string} */ folder,
  /** @type {{ ingresses: number, rounds: number, seconds: number }} */ { ingresses, rounds, seconds },
) {
  const corpus = writeCorpus(folder, ingresses, { plain: 'with TLS', annotations: WITHOUT_REDIRECT });
  const contenders = contendersOf(folder, corpus.yaml).slice(0, 2);
  const confs = contenders.map(contender => lead(contender.folder));
  const [target] = targetsIn(confs.at(-1) ?? '');
  if (target === undefined) throw new Error('no path leads to a backend');
  /** @type {{ nginx: Nginx, port: number, costs: Round[] }[]} */
  const running = [];
  try {
    for (const contender of contenders) {
      running.push({ nginx: await startNginx(contender.folder, contender.port, 1), port: contender.port, costs: [] });
    }
    for (let round = 0; round <= rounds; round += 1) {
      for (const { nginx, port, costs } of round % 2 === 0 ? running : running.toReversed()) {
        const cost = load(nginx, { ...target, port, seconds });
        // The first round opens the connections to the backend.
        if (round > 0) costs.push(cost);
      }
    }
  } finally {
    for (const { nginx } of running) await nginx.stop();
  }
  return running.map(({ costs }) => costs);
}

/** @type {(ours: readonly Round[], hand: readonly Round[], of: keyof Round) => string} */
function compared(ours, hand, of) {
  const ratios = ours.map((cost, round) => cost[of] / (hand[round]?.[of] ?? NaN)).toSorted((a, b) => a - b);
  return `${median(ratios).toFixed(2)}x (${ratios[0]?.toFixed(2)}–${ratios.at(-1)?.toFixed(2)})`;
}

function print(/** @type {number} */ ingresses, /** @type {readonly (readonly Round[])[]} */ [ours = [], hand = []]) {
  const perSecond = (/** @type {readonly Round[]} */ costs) => median(costs.map(cost => cost.perSecond)).toFixed(0);
  const cpu = (/** @type {readonly Round[]} */ costs) =>
    `${median(costs.map(cost => cost.cpuPerRequest)).toFixed(1)} us`;
  const requests = [perSecond(ours), perSecond(hand), compared(ours, hand, 'perSecond')];
  row([ingresses, ...requests, cpu(ours), cpu(hand), compared(ours, hand, 'cpuPerRequest')]);
}

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-traffic-'));
head(['Ingresses', 'requests/s', 'by hand', 'ratio', 'worker CPU a request', 'by hand', 'ratio']);
try {
  if (spawnSync('wrk', ['--version']).error === undefined) {
    const backend = join(folder, 'backend');
    for (const name of ['logs', 'run']) mkdirSync(join(backend, name), { recursive: true });
    writeFileSync(join(backend, 'nginx.conf'), BACKEND);
    const behind = await startNginx(backend, BACKEND_PORT, 1);
    try {
      for (const ingresses of [1, 1_000]) {
        const where = join(folder, String(ingresses));
        mkdirSync(where);
        const given = options.quick ? { rounds: 3, seconds: 1 } : { rounds: 9, seconds: 2 };
        print(ingresses, await measure(where, { ingresses, ...given }));
      }
    } finally {
      await behind.stop();
    }
  } else {
    row(['there is no wrk here (apt-get install wrk)', '', '', '', '', '', '']);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
