// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { availableParallelism } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';

import { cpuSeconds } from '../watch/processes.mjs';

/** Where each nginx says which of its workers answers. */
export const WORKER_PATH = '/bench-worker';
const MOST_SECONDS = 120;

/** What `nginx -t` takes for the nginx.conf of a folder: CPU time, user and system, and time by the clock. */
export function testCost(/** @type {string} */ folder) {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time nginx -t -q -p "$0" -c nginx.conf -e logs/error.log 2>logs/test.log', folder],
    { encoding: 'utf8', cwd: folder },
  );
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`nginx -t: ${readFileSync(`${folder}/logs/test.log`, 'utf8').slice(0, 1000)}`);
  const seconds = stderr.trim().split(' ').map(Number);
  return { ms, cpuMs: 1_000 * ((seconds[0] ?? 0) + (seconds[1] ?? 0)) };
}

/**
 * The text of an answer, over a connection of its own; undefined while nobody listens.
 * @returns {Promise<string | undefined>}
 */
function ask(/** @type {number} */ port) {
  return new Promise(resolve => {
    const request = get({ host: '127.0.0.1', port, path: WORKER_PATH, agent: false }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', part => (text += part));
      response.on('end', () => resolve(text));
    });
    request.on('error', () => resolve(undefined));
  });
}

/** Asks until another worker answers than the ones that there were; gives its number. */
async function untilAnother(/** @type {number} */ port, /** @type {ReadonlySet<string>} */ earlier) {
  const end = performance.now() + 1_000 * MOST_SECONDS;
  while (performance.now() < end) {
    const worker = await ask(port);
    if (worker !== undefined && !earlier.has(worker)) return worker;
    await after(1);
  }
  throw new Error(`no new worker answered within ${MOST_SECONDS} s`);
}

const childrenOf = (/** @type {number} */ pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);

/** An nginx with the nginx.conf of a folder, which has a location for `WORKER_PATH`; by default as many workers as cores. */
export async function startNginx(
  /** @type {string} */ folder,
  /** @type {number} */ port,
  workerCount = availableParallelism(),
) {
  const words = ['-p', folder, '-c', 'nginx.conf', '-e', 'logs/error.log', '-g', 'daemon off;'];
  const master = spawn('nginx', words, { stdio: 'ignore' });
  const ended = new Promise(resolve => void master.once('exit', resolve));
  const pid = master.pid ?? 0;
  const stop = async () => {
    master.kill('SIGTERM');
    await ended;
  };
  // A worker answers before nginx has started the next one.
  const settled = async (/** @type {readonly string[]} */ earlier) => {
    for (let workers = childrenOf(pid); ; workers = childrenOf(pid)) {
      if (workers.length >= workerCount && !workers.some(worker => earlier.includes(worker))) return;
      await after(5);
    }
  };
  try {
    await untilAnother(port, new Set());
    await settled([]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    pid,
    workers: () => childrenOf(pid),
    /** From a SIGHUP to the first answer of a new worker: time by the clock, and CPU time of the master. */
    async reload() {
      const earlier = childrenOf(pid);
      const before = cpuSeconds({ pid });
      const start = performance.now();
      master.kill('SIGHUP');
      await untilAnother(port, new Set(earlier));
      const ms = performance.now() - start;
      await settled(earlier);
      return { ms, cpuMs: 1_000 * (cpuSeconds({ pid }) - before) };
    },
    stop,
  };
}
