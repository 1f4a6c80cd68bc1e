// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What is run: a command with its words, and what has to be done before each run without being measured. One that finds
 * fault with its input may end with 1.
 * @typedef {object} Program
 * @property {string} [command] Node, if it is missing
 * @property {readonly string[]} words
 * @property {() => void} [before]
 * @property {boolean} [mayFind]
 */
/** @typedef {{ readonly median: number, readonly min: number, readonly max: number }} Spread */
/** @typedef {{ readonly ms: number, readonly cpuMs: number }} Cost */
/** @typedef {{ readonly costs: readonly Cost[], readonly peakMiB: number }} Measured */

const METER = fileURLToPath(new URL('meter.mjs', import.meta.url));
const nodeOf = (/** @type {Program} */ { command = process.execPath }) => command;

/** A program that fails would be measured as a quick one, so that is our error. */
function check(/** @type {Program} */ program, /** @type {number | null} */ status, /** @type {string} */ stderr) {
  if (status === 0 || (status === 1 && program.mayFind === true)) return;
  throw new Error(`${nodeOf(program)} ${program.words.join(' ')} ended with ${status}:\n${stderr.slice(0, 2000)}`);
}

/**
 * One run as a process of its own, measured from outside: a shell counts what all threads of it took.
 * @returns {Cost}
 */
function run(/** @type {Program} */ program, /** @type {string} */ folder) {
  program.before?.();
  const said = join(folder, 'stderr');
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>"$0"';
  const words = ['-c', script, said, nodeOf(program), ...program.words];
  const { status, stderr } = spawnSync('bash', words, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  check(program, status, readFileSync(said, 'utf8'));
  const [real = 0, user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return { ms: 1_000 * real, cpuMs: 1_000 * (user + system) };
}

/** The largest resident set of a run in MiB; 0 for what is not Node. It brings the files into the cache of the system. */
function peakOf(/** @type {Program} */ program) {
  program.before?.();
  const isNode = program.command === undefined;
  const words = isNode ? ['--import', METER, ...program.words] : program.words;
  const { status, error, stderr, output } = spawnSync(nodeOf(program), words, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  check(program, status, stderr);
  return isNode ? Number(output[3]) : 0;
}

/**
 * Runs all programs in turn, so that whatever else the machine does meets all alike, and turns the order in every second
 * round.
 * @returns {ReadonlyMap<string, Measured>}
 */
export function measureAll(/** @type {Readonly<Record<string, Program>>} */ programs, /** @type {number} */ rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-measure-'));
  try {
    const measured = Object.entries(programs).map(([name, program]) => {
      return { name, program, peakMiB: peakOf(program), costs: /** @type {Cost[]} */ ([]) };
    });
    for (let round = 0; round < rounds; round += 1) {
      const turn = round % 2 === 0 ? measured : measured.toReversed();
      for (const { program, costs } of turn) costs.push(run(program, folder));
    }
    return new Map(measured.map(({ name, costs, peakMiB }) => [name, { costs, peakMiB }]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One of those that were measured. */
export function resultOf(/** @type {ReadonlyMap<string, Measured>} */ all, /** @type {string} */ name) {
  const measured = all.get(name);
  if (measured === undefined) throw new Error(`${name} was not measured`);
  return measured;
}

/**
 * The middle one, or the mean of the two in the middle.
 * @returns {Spread}
 */
export function spread(/** @type {readonly number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return { median: (low + high) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

export const median = (/** @type {readonly number[]} */ values) => spread(values).median;
export const costOf = (/** @type {Measured} */ { costs }, /** @type {keyof Cost} */ of) =>
  median(costs.map(cost => cost[of]));

/** How one compares with another: of the runs of each round. */
export function ratio(/** @type {Measured} */ own, /** @type {Measured} */ other, /** @type {keyof Cost} */ of) {
  return spread(own.costs.map((cost, round) => cost[of] / (other.costs[round]?.[of] ?? NaN)));
}
