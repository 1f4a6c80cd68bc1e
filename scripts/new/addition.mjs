// @ts-check

/**
 * What is written for something new: files by path, changes of files that are there, and what to do then. Or why not.
 * @typedef {{ readonly problem: string } | {
 *   readonly files: Readonly<Record<string, string>>,
 *   readonly changes: Readonly<Record<string, (text: string) => string>>,
 *   readonly next: readonly string[],
 * }} Addition
 */

/** `two-words` as a name of the code: `twoWords`. */
export function camelCase(/** @type {string} */ name) {
  return name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * Puts a line behind the last one of those that match. There must be one.
 * @param {string} text
 * @param {RegExp} neighbour
 * @param {string} line
 */
export function afterLast(text, neighbour, line) {
  const lines = text.split('\n');
  const at = lines.findLastIndex(other => neighbour.test(other));
  if (at === -1) throw new Error(`no line is like ${neighbour}`);
  return lines.toSpliced(at + 1, 0, line).join('\n');
}
