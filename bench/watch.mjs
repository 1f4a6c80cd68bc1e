// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { startKubeApiserver } from '../scripts/kube-apiserver/server.mjs';
import { HOST, PROBE, fill, moveProbe, openClient } from './watch/cluster.mjs';
import { cpuSeconds, familyOf, residentMiB } from './watch/processes.mjs';
import { startReloadOnly } from './watch/reload.mjs';
import { startBackend, untilServed } from './watch/requests.mjs';

const BIN = fileURLToPath(new URL('../bin/ingress2nginx.js', import.meta.url));
const BUILD = fileURLToPath(new URL('../scripts/kube-apiserver/build.sh', import.meta.url));
const PORTS = { httpPort: 28_080, httpsPort: 28_443 };
const RELOAD_PORTS = { httpPort: 29_080, httpsPort: 29_443 };
/** Longer than what `--sync-rate 1` holds back, so that each change is one of its own. */
const PAUSE_MS = 1_300;
const IDLE_SECONDS = 60;
const SIZES = [
  { ingresses: 10, rounds: 50 },
  { ingresses: 1_000, rounds: 50 },
  { ingresses: 5_000, rounds: 20 },
];
const QUICK_SIZES = [
  { ingresses: 10, rounds: 10 },
  { ingresses: 1_000, rounds: 10 },
];

/** The smallest value that so many hundredths of all do not exceed. */
function percentile(/** @type {readonly number[]} */ values, /** @type {number} */ hundredths) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((hundredths / 100) * sorted.length) - 1] ?? 0;
}

const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
const row = (/** @type {readonly (string | number)[]} */ cells) => console.log(`| ${cells.join(' | ')} |`);

/** `apply --watch` with its defaults, on a state folder of its own. */
function startApply(/** @type {string} */ folder, /** @type {string} */ kubeconfig) {
  const ports = ['--http-port', String(PORTS.httpPort), '--https-port', String(PORTS.httpsPort)];
  const words = ['apply', '--watch', '--kubeconfig', kubeconfig, '--state-dir', join(folder, 'state'), ...ports];
  const child = spawn(process.execPath, [BIN, ...words, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise(resolve => void child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    spawnSync(process.execPath, [BIN, 'stop', '--state-dir', join(folder, 'state')]);
  };
  return { pid: child.pid ?? 0, stop };
}

/** What the program and its kubectl take while nothing happens. */
async function measureIdle(/** @type {number} */ pid, /** @type {number} */ seconds) {
  const family = familyOf(pid).filter(({ command }) => !command.startsWith('nginx:'));
  const before = family.map(cpuSeconds);
  await after(seconds * 1_000);
  const spent = family.map((member, index) => cpuSeconds(member) - (before[index] ?? 0));
  const memory = family.map(residentMiB);
  const isKubectl = family.map(({ command }) => /kubectl.* proxy/u.test(command));
  const sum = (/** @type {readonly number[]} */ values, /** @type {boolean} */ kubectl) =>
    values.reduce((total, value, index) => (isKubectl[index] === kubectl ? total + value : total), 0);
  const percent = (/** @type {number} */ cpu) => `${((100 * cpu) / seconds).toFixed(2)} %`;
  return {
    own: [percent(sum(spent, false)), `${sum(memory, false).toFixed(0)} MiB`],
    kubectl: [percent(sum(spent, true)), `${sum(memory, true).toFixed(0)} MiB`],
  };
}

/** The time from the acceptance of each change to the first answer that shows it, and the same for a reload alone. */
async function measureChanges(
  /** @type {import('./watch/cluster.mjs').Client} */ client,
  /** @type {Awaited<ReturnType<typeof startReloadOnly>>} */ alone,
  /** @type {number} */ rounds,
) {
  const changes = [];
  const reloads = [];
  for (let round = 1; round <= rounds; round++) {
    await after(PAUSE_MS + Math.random() * 300);
    await moveProbe(client, `${PROBE}${round}`);
    const accepted = performance.now();
    changes.push((await untilServed(PORTS.httpPort, HOST, `${PROBE}${round}`)) - accepted);
    await after(PAUSE_MS);
    reloads.push(await alone.reload(`${PROBE}alone-${round}`));
  }
  return { changes, reloads };
}

/** One size, with a cluster of its own. */
async function measureSize(/** @type {string} */ folder, /** @type {{ ingresses: number, rounds: number }} */ size) {
  const { ingresses, rounds } = size;
  /** @type {(() => unknown)[]} */
  const ends = [];
  try {
    const backend = await startBackend();
    ends.push(backend.close);
    const server = await startKubeApiserver(join(folder, 'server'));
    ends.push(server.stop);
    const client = openClient(server.kubeconfig);
    ends.push(client.close);
    const objects = await fill(client, ingresses, backend.port);
    const started = performance.now();
    const apply = startApply(folder, server.kubeconfig);
    ends.push(apply.stop);
    const first = (await untilServed(PORTS.httpPort, HOST, `${PROBE}0`)) - started;
    const options = { from: PORTS, to: RELOAD_PORTS, nginx: 'nginx' };
    const alone = await startReloadOnly(join(folder, 'state/current'), join(folder, 'reload'), options);
    ends.push(alone.stop);
    const { changes, reloads } = await measureChanges(client, alone, rounds);
    const idle = await measureIdle(apply.pid, IDLE_SECONDS);
    return { ingresses, rounds, objects, first, changes, reloads, idle };
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

/** @typedef {Awaited<ReturnType<typeof measureSize>>} Measured */

function printChanges(/** @type {readonly Measured[]} */ sizes) {
  console.log('');
  row(['Ingresses', 'objects', 'rounds', 'first', 'change p50', 'p99', 'reload alone p50', 'p99', 'ratio', 'beyond']);
  row(Array.from({ length: 10 }, () => '---'));
  for (const { ingresses, objects, rounds, first, changes, reloads } of sizes) {
    const [change, reload] = [percentile(changes, 50), percentile(reloads, 50)];
    const tails = [percentile(changes, 99), percentile(reloads, 99)].map(ms);
    const ratio = `${(change / reload).toFixed(2)}x`;
    const all = [ms(first), ms(change), tails[0] ?? '', ms(reload), tails[1] ?? '', ratio, ms(change - reload)];
    row([ingresses, objects, rounds, ...all]);
  }
}

function printIdle(/** @type {readonly Measured[]} */ sizes) {
  console.log('');
  row(['idle for a minute', 'CPU', 'memory', 'CPU of kubectl', 'memory of kubectl']);
  row(Array.from({ length: 5 }, () => '---'));
  for (const { ingresses, idle } of sizes) row([`${ingresses} Ingresses`, ...idle.own, ...idle.kubectl]);
}

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
if (spawnSync(BUILD, { stdio: 'inherit' }).status !== 0) throw new Error('there is no kube-apiserver');
process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-bench-'));
try {
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`);
  /** @type {Measured[]} */
  const measured = [];
  for (const size of options.quick ? QUICK_SIZES : SIZES) {
    const where = join(folder, String(size.ingresses));
    mkdirSync(where);
    measured.push(await measureSize(where, size));
  }
  printChanges(measured);
  printIdle(measured);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
