// @ts-check
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/**
 * What is run: the words after `node`, and what has to be done before each run without being measured.
 * @typedef {{ readonly words: readonly string[], readonly before?: () => void }} Program
 */
/** @typedef {{ readonly median: number, readonly min: number, readonly max: number }} Spread */

const PEAK = fileURLToPath(new URL('peak.mjs', import.meta.url));

/** One run as a process of its own. A program that fails would be measured as a quick one, so that is our error. */
function run(/** @type {Program} */ program, /** @type {readonly string[]} */ nodeOptions = []) {
  program.before?.();
  const start = performance.now();
  const { status, error, stderr, output } = spawnSync(process.execPath, [...nodeOptions, ...program.words], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - start;
  if (error) throw error;
  if (status !== 0) throw new Error(`node ${program.words.join(' ')} ended with ${status}:\n${stderr.slice(0, 2000)}`);
  return { ms, third: output[3] ?? '' };
}

/** The most memory that it holds, in MiB. Not for the clock: what measures it is loaded as well. */
export function peakMiB(/** @type {Program} */ program) {
  return Number(run(program, ['--import', PEAK]).third) / 1024;
}

/** The middle one, or the mean of the two in the middle. */
function spread(/** @type {readonly number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return { median: (low + high) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

/**
 * Runs both in turn, so that whatever else the machine does meets both alike, and changes who is first in each round.
 * Times are in milliseconds; the ratio is that of the two runs of a round.
 */
export function compare(/** @type {Program} */ program, /** @type {Program} */ floor, /** @type {number} */ rounds) {
  // Once unmeasured: the first one brings the files into the cache of the system.
  run(floor);
  run(program);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    if (round % 2 === 0) return { own: run(program).ms, floor: run(floor).ms };
    const first = run(floor).ms;
    return { own: run(program).ms, floor: first };
  });
  return {
    own: spread(pairs.map(pair => pair.own)),
    floor: spread(pairs.map(pair => pair.floor)),
    ratio: spread(pairs.map(pair => pair.own / pair.floor)),
  };
}
