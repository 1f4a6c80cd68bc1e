// @ts-check
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { head, row } from '../tables.mjs';
import { renderOf } from './programs.mjs';

/** @typedef {ReadonlyMap<string, number>} Stages CPU milliseconds, by stage */
/** @typedef {{ readonly title: string, readonly now: Stages, readonly before: Stages | undefined }} Measured */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 3;

/** What `--timings` says; undefined for a program that does not know it. */
function timings(/** @type {string} */ file, /** @type {string} */ out, /** @type {string} */ tree) {
  const { words, before } = renderOf(file, out, tree);
  before?.();
  const { stderr } = spawnSync(process.execPath, [...words, '--timings'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = [...stderr.matchAll(/^(\w+) +([\d.]+) +[\d.]+$/gmu)];
  return lines.length === 0 ? undefined : new Map(lines.map(([, stage = '', cpu]) => [stage, Number(cpu)]));
}

/** The least of some rounds for each stage: what else the machine does can only add. */
function least(/** @type {readonly Stages[]} */ rounds) {
  const stages = [...(rounds[0]?.keys() ?? [])];
  return new Map(stages.map(stage => [stage, Math.min(...rounds.map(round => round.get(stage) ?? Infinity))]));
}

/**
 * What each stage of a render takes, now and before; rounds are run in turn.
 * @returns {{ readonly now: Stages, readonly before: Stages | undefined }}
 */
export function stagesOf(
  /** @type {string} */ file,
  /** @type {string} */ out,
  /** @type {string | undefined} */ earlier,
) {
  /** @type {{ now: Stages[], before: Stages[] }} */
  const { now, before } = { now: [], before: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    now.push(timings(file, out, ROOT) ?? new Map());
    const old = earlier === undefined ? undefined : timings(file, out, earlier);
    if (old !== undefined) before.push(old);
  }
  return { now: least(now), before: before.length === 0 ? undefined : least(before) };
}

export function printStages(/** @type {readonly Measured[]} */ measured) {
  head(['CPU ms', ...measured.flatMap(({ title, before }) => (before === undefined ? [title] : [title, 'before']))]);
  const cell = (/** @type {Stages} */ stages, /** @type {string} */ stage) => stages.get(stage)?.toFixed(0) ?? '';
  for (const stage of measured[0]?.now.keys() ?? []) {
    const cells = measured.flatMap(({ now, before }) => {
      return before === undefined ? [cell(now, stage)] : [cell(now, stage), cell(before, stage)];
    });
    row([stage, ...cells]);
  }
}
