// @ts-check
import { existsSync, rmSync } from 'node:fs';
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
 * A check of manifests; of an earlier state without lint, what comes before a text is made.
 * @returns {Program}
 */
export function lintOf(/** @type {string} */ file, tree = ROOT) {
  const words = existsSync(join(tree, 'src/cli/lint.ts')) ? ['lint', '--format', 'compact'] : CHECK_BEFORE_LINT;
  return { words: [binOf(tree), ...words, file], mayFind: true };
}

/**
 * A command that answers: 1 is an answer, too.
 * @returns {Program}
 */
export function askOf(/** @type {string} */ command, /** @type {readonly string[]} */ words) {
  return { words: [binOf(ROOT), command, ...words], mayFind: true };
}

const CHECK_BEFORE_LINT = ['render', '--quiet', '--print', 'none'];

/**
 * The same of an earlier state, for what it could do.
 * @returns {Readonly<Record<string, Program>>}
 */
function earlier(/** @type {Corpus} */ { yaml, json }, /** @type {string} */ out, /** @type {string} */ tree) {
  return {
    [`${BEFORE}render, YAML`]: renderOf(yaml, out, tree),
    [`${BEFORE}render, JSON`]: renderOf(json, out, tree),
    [`${BEFORE}lint, YAML`]: lintOf(yaml, tree),
    [`${BEFORE}lint, JSON`]: lintOf(json, tree),
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
    'lint, YAML': lintOf(yaml),
    'lint, JSON': lintOf(json),
    ...(before === undefined ? {} : earlier(corpus, join(folder, 'out'), before)),
  };
}
