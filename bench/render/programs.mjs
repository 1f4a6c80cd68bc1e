// @ts-check
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('../measure.mjs').Program} Program */
/** @typedef {{ readonly yaml: string, readonly json: string }} Corpus */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FLOOR = fileURLToPath(new URL('../floor.mjs', import.meta.url));

/** What stands before the name of a program of the earlier state. */
export const BEFORE = 'before: ';

const binOf = (/** @type {string} */ tree) => join(tree, 'bin/ingress2nginx.js');

/** The parse of a file alone. */
export const floorOf = (/** @type {string} */ file) => ({ words: [FLOOR, file] });

/**
 * A render into a folder that is not there yet, by the program of this clone or of another one.
 * @returns {Program}
 */
export function renderOf(/** @type {string} */ file, /** @type {string} */ out, tree = ROOT) {
  const before = () => rmSync(out, { recursive: true, force: true });
  return { words: [binOf(tree), 'render', '--quiet', file, '-o', out], before, mayFind: true };
}

/**
 * All that comes before a text is made, with all findings: what a check of manifests costs.
 * @returns {Program}
 */
export function checkOf(/** @type {string} */ file, tree = ROOT) {
  return { words: [binOf(tree), 'render', '--quiet', '--print', 'none', file], mayFind: true };
}

/** Whether the program of a clone can stop before it makes a text. */
function canCheck(/** @type {string} */ tree) {
  const words = [binOf(tree), 'render', '--print', 'none', '--allow-empty', '--quiet', '-'];
  return spawnSync(process.execPath, words, { input: '' }).status === 0;
}

/**
 * The same of an earlier state, for what it could do.
 * @returns {Readonly<Record<string, Program>>}
 */
function earlier(/** @type {Corpus} */ { yaml, json }, /** @type {string} */ out, /** @type {string} */ tree) {
  const renders = {
    [`${BEFORE}render, YAML`]: renderOf(yaml, out, tree),
    [`${BEFORE}render, JSON`]: renderOf(json, out, tree),
  };
  if (!canCheck(tree)) return renders;
  return {
    ...renders,
    [`${BEFORE}up to the routing, YAML`]: checkOf(yaml, tree),
    [`${BEFORE}up to the routing, JSON`]: checkOf(json, tree),
  };
}

/**
 * Everything that is measured with a cluster in `folder`; P is the parse of its YAML.
 * @returns {Readonly<Record<string, Program>>}
 */
export function programsOf(
  /** @type {string} */ folder,
  /** @type {Corpus} */ corpus,
  /** @type {string | undefined} */ before,
) {
  const { yaml, json } = corpus;
  return {
    P: floorOf(yaml),
    'render, YAML': renderOf(yaml, join(folder, 'out')),
    'render, JSON': renderOf(json, join(folder, 'out')),
    'render again, nothing changed': { ...renderOf(yaml, join(folder, 'again')), before: () => undefined },
    'up to the routing, YAML': checkOf(yaml),
    'up to the routing, JSON': checkOf(json),
    ...(before === undefined ? {} : earlier(corpus, join(folder, 'out'), before)),
  };
}
