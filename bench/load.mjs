// @ts-check
// What nginx takes to read our nginx.conf, against the smallest equal one that somebody would write by hand: `node
// bench/load.mjs [--quick]`. All hosts have TLS, and none an annotation.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { writeCorpus } from './corpus.mjs';
import { checkAlike } from './load/alike.mjs';
import { contendersOf } from './load/contenders.mjs';
import { printGrowth } from './load/growth.mjs';
import { targetsIn } from './load/hand-written.mjs';
import { startNginx, testCost } from './load/nginx.mjs';
import { median } from './measure.mjs';
import { head, kilobytes, ms, row } from './tables.mjs';

/** @typedef {import('./load/contenders.mjs').Contender} Contender */

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
    const hand = readFileSync(join(contenders.at(-1)?.folder ?? '', 'nginx.conf'), 'utf8');
    await checkAlike(contenders, targetsIn(hand));
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

/** One number of hosts. */
async function measure(
  /** @type {string} */ folder,
  /** @type {number} */ hosts,
  /** @type {{ rounds: number, reloads: number }} */ { rounds, reloads },
) {
  const contenders = contendersOf(folder, writeCorpus(folder, hosts, { plain: 'with TLS' }).yaml);
  const tests = measureTests(contenders, rounds);
  const times = await measureReloads(contenders, reloads);
  const [ourTest = [], ourReload = []] = [tests.get('ours'), times.get('ours')];
  for (const { name, folder } of contenders) {
    const [test = [], reload = []] = [tests.get(name), times.get(name)];
    const bytes = kilobytes(statSync(join(folder, 'nginx.conf')).size);
    const testCells = [ms(median(test.map(({ cpuMs }) => cpuMs))), ratio(ourTest, test)];
    const reloadCells = [ms(median(reload.map(each => each.ms))), ratio(ourReload, reload)];
    row([`${hosts} hosts, ${name}`, bytes, ...testCells, ...reloadCells]);
  }
}

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
/** At 10,000 hosts nginx takes seconds for each. */
const SIZES = [
  { hosts: 1_000, rounds: 7, reloads: 3 },
  { hosts: 10_000, rounds: 2, reloads: 1 },
];
const QUICK_SIZES = [{ hosts: 1_000, rounds: 3, reloads: 2 }];
process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-load-'));
try {
  head(['hosts with TLS', '`nginx.conf`', 'CPU of `nginx -t`', 'ours to it', 'SIGHUP to answer', 'CPU, ours to it']);
  for (const { hosts, ...rounds } of options.quick ? QUICK_SIZES : SIZES) {
    const where = join(folder, String(hosts));
    mkdirSync(where);
    await measure(where, hosts, rounds);
    rmSync(where, { recursive: true });
  }
  printGrowth(folder, options.quick ? { rounds: 1, share: 0.2 } : { rounds: 2, share: 1 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
