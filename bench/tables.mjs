// @ts-check

/** @typedef {import('./measure.mjs').Spread} Spread */

export const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
export const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(0)} kB`;
export const times = (/** @type {Spread} */ { median, min, max }) =>
  `${median.toFixed(2)}x (${min.toFixed(2)}–${max.toFixed(2)})`;

/** Prints one row of a Markdown table, so that what is printed can stand in docs/performance.md as it is. */
export function row(/** @type {readonly (string | number)[]} */ cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

/** Begins a table. */
export function head(/** @type {readonly string[]} */ names) {
  console.log('');
  row(names);
  row(names.map(() => '---'));
}
