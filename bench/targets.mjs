// @ts-check
/** @typedef {import('./measure.mjs').Spread} Spread */

/** What the CPU time of a start may be of that of a Node which does nothing. */
export const START = { '`--version`': 1.1, '`--help`': 1.25, lint: 1.8, render: 1.45 };

/**
 * What the CPU time of a row may be of P, by the style and the number of Ingresses.
 * @type {Readonly<Record<string, Readonly<Record<string, number>>>>}
 */
const OF_PARSE = {
  'small 100': { 'render, YAML': 1 },
  'small 1000': { 'render, YAML': 1.45, 'render, JSON': 1.15, 'lint, YAML': 1.25 },
  'small 10000': { 'render, YAML': 1.4, 'render, JSON': 1.15, 'lint, YAML': 1.1 },
  'large 1000': { 'render, YAML': 1.3, 'render, JSON': 0.9, 'lint, YAML': 1 },
  'large 5000': { 'render, YAML': 1.25, 'render, JSON': 0.9, 'lint, YAML': 0.9 },
};

/**
 * What the CPU time of a command that answers may be of that of another program.
 * @type {Readonly<Record<string, { readonly of: string, readonly most?: number }>>}
 */
export const ANSWERS = {
  lint: { of: 'P' },
  explain: { of: 'P', most: 0.6 },
  routes: { of: 'lint', most: 1.1 },
  test: { of: 'lint', most: 1.1 },
};

export const targetOf = (/** @type {string} */ cluster, /** @type {string} */ row) => OF_PARSE[cluster]?.[row];

/** What the largest resident set may be, in MiB. */
export const memoryFor = (/** @type {number} */ objects) => 100 + (objects * 3.5) / 1024;

/** A target, and whether it is met; empty without one. */
export function verdict(/** @type {Spread} */ { median }, /** @type {number | undefined} */ target) {
  if (target === undefined) return '';
  return `${target.toFixed(2)}x, ${Number(median.toFixed(2)) <= target ? 'met' : 'missed'}`;
}
