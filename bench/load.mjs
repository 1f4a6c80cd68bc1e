// @ts-check
// What nginx takes to read our nginx.conf, against the smallest equal one that somebody would write by hand: `node
// bench/load.mjs [--hosts 1000,10000] [--rounds 5] [--reloads 5]`. All hosts have TLS, and none an annotation.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { writeCorpus } from './corpus.mjs';
import { handWritten } from './load/hand-written.mjs';
import { startNginx, testCost, WORKER_PATH } from './load/nginx.mjs';

const BIN = fileURLToPath(new URL('../bin/ingress2nginx.js', import.meta.url));

/** @typedef {{ readonly name: string, readonly folder: string, readonly port: number }} Contender */

/** Runs the program; gives what it prints. */
function program(/** @type {readonly string[]} */ words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr.slice(0, 2000));
  return stdout;
}

/**
 * The folder of a contender, with ports of its own. Backends are on this machine, where nobody answers.
 * @returns {Contender}
 */
function makeContender(
  /** @type {string} */ folder,
  /** @type {string} */ manifests,
  /** @type {{ name: string, port: number, rewrite?: (conf: string, routing: any) => string }} */ {
    name,
    port,
    rewrite,
  },
) {
  const flags = ['--quiet', manifests, '--http-port', String(port), '--https-port', String(port + 1)];
  program(['render', ...flags, '-o', folder]);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const path = join(folder, 'nginx.conf');
  const ours = readFileSync(path, 'utf8');
  const conf =
    rewrite === undefined ? ours : rewrite(ours, JSON.parse(program(['render', ...flags, '--print', 'routing'])));
  const local = conf.replaceAll(/\bserver 10\./gu, 'server 127.');
  writeFileSync(
    path,
    local.replace('location = /healthz', `location = ${WORKER_PATH} { return 200 $pid; }\n location = /healthz`),
  );
  return { name, folder, port };
}

const median = (/** @type {readonly number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const row = (/** @type {readonly (string | number)[]} */ cells) => console.log(`| ${cells.join(' | ')} |`);
const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;

/** All contenders in turn, forwards and backwards. */
function inTurn(/** @type {readonly Contender[]} */ all, /** @type {number} */ round) {
  return round % 2 === 0 ? all : all.toReversed();
}

/** @typedef {Readonly<Record<'cpuMs' | 'ms', number>>} Cost */

const emptyCosts = (/** @type {readonly Contender[]} */ contenders) =>
  new Map(contenders.map(({ name }) => [name, /** @type {Cost[]} */ ([])]));

function measureTests(/** @type {readonly Contender[]} */ contenders, /** @type {number} */ rounds) {
  const costs = emptyCosts(contenders);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, folder } of inTurn(contenders, round)) costs.get(name)?.push(testCost(folder));
  }
  return costs;
}

async function measureReloads(/** @type {readonly Contender[]} */ contenders, /** @type {number} */ rounds) {
  const costs = emptyCosts(contenders);
  /** @type {Map<string, Awaited<ReturnType<typeof startNginx>>>} */
  const running = new Map();
  try {
    for (const { name, folder, port } of contenders) running.set(name, await startNginx(folder, port));
    for (let round = 0; round < rounds; round += 1) {
      for (const { name } of inTurn(contenders, round)) {
        const cost = await running.get(name)?.reload();
        if (cost !== undefined) costs.get(name)?.push(cost);
      }
    }
  } finally {
    for (const nginx of running.values()) await nginx.stop();
  }
  return costs;
}

/** Ours to another, by the CPU time: of the medians, and of the least. */
function ratio(/** @type {readonly Cost[]} */ ours, /** @type {readonly Cost[]} */ others) {
  const [own, other] = [ours, others].map(costs => costs.map(({ cpuMs }) => cpuMs));
  if (own === undefined || other === undefined) return '';
  return `${(median(own) / median(other)).toFixed(2)}x (${(Math.min(...own) / Math.min(...other)).toFixed(2)})`;
}

/** @returns {readonly Contender[]} */
function contendersOf(/** @type {string} */ folder, /** @type {string} */ manifests) {
  const make = (/** @type {Parameters<typeof makeContender>[2]} */ options) =>
    makeContender(join(folder, String(options.port)), manifests, options);
  return [
    make({ name: 'ours', port: 27_080 }),
    make({
      name: 'by hand',
      port: 27_180,
      rewrite: (conf, routing) => handWritten(conf, routing, 'in each server'),
    }),
    make({
      name: 'by hand, redirects in one server',
      port: 27_280,
      rewrite: (conf, routing) => handWritten(conf, routing, 'in one server'),
    }),
  ];
}

/** One number of hosts. */
async function measure(
  /** @type {string} */ folder,
  /** @type {number} */ hosts,
  /** @type {{ rounds: number, reloads: number }} */ { rounds, reloads },
) {
  const contenders = contendersOf(folder, writeCorpus(folder, hosts, { isPlain: true }).yaml);
  const tests = measureTests(contenders, rounds);
  const times = await measureReloads(contenders, reloads);
  const [ourTest = [], ourReload = []] = [tests.get('ours'), times.get('ours')];
  for (const { name, folder } of contenders) {
    const [test = [], reload = []] = [tests.get(name), times.get(name)];
    const bytes = `${(statSync(join(folder, 'nginx.conf')).size / 1000).toFixed(0)} kB`;
    const testCells = [ms(median(test.map(({ cpuMs }) => cpuMs))), ratio(ourTest, test)];
    const reloadCells = [ms(median(reload.map(each => each.ms))), ratio(ourReload, reload)];
    row([`${hosts} hosts, ${name}`, bytes, ...testCells, ...reloadCells]);
  }
}

const { values: options } = parseArgs({
  options: {
    hosts: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '5' },
    reloads: { type: 'string', default: '5' },
  },
});
process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
row(['hosts with TLS', 'nginx.conf', 'CPU of nginx -t', 'ours to it', 'SIGHUP to answer', 'CPU, ours to it']);
row(Array.from({ length: 6 }, () => '---'));
for (const hosts of options.hosts.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-load-'));
  try {
    await measure(folder, hosts, { rounds: Number(options.rounds), reloads: Number(options.reloads) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
