// @ts-check
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/**
 * What is run: the words after `node`, and what has to be done before each run without being measured.
 * @typedef {{ readonly words: readonly string[], readonly before?: () => void }} Program
 */
/** @typedef {{ readonly median: number, readonly min: number, readonly max: number }} Spread */
/** @typedef {{ readonly ms: number, readonly cpuMs: number, readonly peakMiB: number }} Cost */

const METER = fileURLToPath(new URL('meter.mjs', import.meta.url));

/**
 * One run as a process of its own. A program that fails would be measured as a quick one, so that is our error. The
 * meter takes some milliseconds itself; without it, for short programs, there is only the time by the clock.
 * @returns {Cost}
 */
function run(/** @type {Program} */ program, /** @type {boolean} */ isMetered) {
  program.before?.();
  const words = isMetered ? ['--import', METER, ...program.words] : program.words;
  const start = performance.now();
  const { status, error, stderr, output } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - start;
  if (error) throw error;
  if (status !== 0) throw new Error(`node ${program.words.join(' ')} ended with ${status}:\n${stderr.slice(0, 2000)}`);
  return { ms, cpuMs: 0, peakMiB: 0, ...JSON.parse(output[3] || '{}') };
}

/** The middle one, or the mean of the two in the middle. */
function spread(/** @type {readonly number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return { median: (low + high) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

/**
 * Runs both in turn, so that whatever else the machine does meets both alike, and changes who is first in each round.
 * A ratio is that of the two runs of one round.
 */
export function compare(
  /** @type {Program} */ program,
  /** @type {Program} */ floor,
  /** @type {{ readonly rounds: number, readonly isMetered: boolean }} */ { rounds, isMetered },
) {
  // Once unmeasured: the first one brings the files into the cache of the system.
  run(floor, isMetered);
  run(program, isMetered);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    if (round % 2 === 0) return { own: run(program, isMetered), floor: run(floor, isMetered) };
    const first = run(floor, isMetered);
    return { own: run(program, isMetered), floor: first };
  });
  return {
    own: spread(pairs.map(pair => pair.own.ms)),
    floor: spread(pairs.map(pair => pair.floor.ms)),
    ratio: spread(pairs.map(pair => pair.own.ms / pair.floor.ms)),
    cpuRatio: spread(pairs.map(pair => pair.own.cpuMs / pair.floor.cpuMs)),
    ownCpu: spread(pairs.map(pair => pair.own.cpuMs)),
    peak: spread(pairs.map(pair => pair.own.peakMiB)),
    floorPeak: spread(pairs.map(pair => pair.floor.peakMiB)),
  };
}
