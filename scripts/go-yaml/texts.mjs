// @ts-check

/** Makes texts that look like YAML and are laid out carelessly. Equal seeds make equal texts. */

/** @typedef {() => number} Random from 0 to 1 */

const SCALARS = `a|b|yes|no|on|80|0644|1.5|null|~|x y|http://a/b|a:b|a#b|-x|- x|*.a|it's|"q"||/|=|2020-01-01|1:20|1_000|0x1F|True|é|{{ x }}|$2|[a|a]|{b|b}|,|a,b|a\tb|a: b|#c|@x|%x|>`;
const WORDS = SCALARS.split('|');
const KEYS = ['k', 'l', 'm', 'n', 'o', '1', 'yes', '"q"', "'s'"];
const BITS = [
  ' ',
  '\n',
  '\t',
  '"',
  "'",
  ':',
  ': ',
  '- ',
  ' #',
  '{',
  '}',
  '[',
  ']',
  ',',
  '|',
  '&a ',
  '*a',
  '!',
  '\\',
  '\r\n',
];

/** @returns {Random} */
export function randomFrom(/** @type {number} */ seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @template T
 * @param {Random} random
 * @param {readonly [T, ...T[]]} list
 */
function pick(random, list) {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

function below(/** @type {Random} */ random, /** @type {number} */ limit) {
  return Math.floor(random() * limit);
}

function word(/** @type {Random} */ random) {
  return WORDS[below(random, WORDS.length)] ?? '';
}

/** A line break and the blanks behind it, often fewer than YAML asks for. */
function lineBreak(/** @type {Random} */ random, /** @type {number} */ indent) {
  const count = pick(random, [indent, indent, 0, 0, Math.max(0, indent - 1), indent + 2, below(random, 6)]);
  return `\n${random() < 0.1 ? '\n' : ''}${' '.repeat(count)}${random() < 0.05 ? '\t' : ''}`;
}

function quoted(/** @type {Random} */ random, /** @type {number} */ indent) {
  const isDouble = random() < 0.5;
  const part = () => (isDouble ? word(random).replaceAll('"', String.raw`\"`) : word(random).replaceAll("'", "''"));
  let text = part();
  for (let more = below(random, 4); more > 0; more--) {
    const gap = random() < 0.6 ? lineBreak(random, indent) : ' ';
    text += `${isDouble && random() < 0.15 ? '\\' : ''}${gap === ' ' ? ' ' : gap}${part()}`;
  }
  return isDouble ? `"${text.replaceAll(/\\(?=[^\n"])/g, '')}"` : `'${text}'`;
}

function gap(/** @type {Random} */ random, /** @type {number} */ indent) {
  const kind = random();
  if (kind < 0.45) return pick(random, [' ', '']);
  return kind < 0.9 ? lineBreak(random, indent) : kind < 0.96 ? ` # c${lineBreak(random, indent)}` : '\t';
}

/**
 * @param {Random} random
 * @param {number} indent
 * @param {number} depth
 * @returns {string}
 */
function flow(random, indent, depth) {
  const isMapping = random() < 0.5;
  let text = isMapping ? '{' : '[';
  for (let entries = below(random, 4); entries > 0; entries--) {
    const key = `${KEYS[below(random, KEYS.length)]}${pick(random, [': ', ': ', ':', `:${lineBreak(random, indent)}`])}`;
    text += `${gap(random, indent)}${isMapping ? key : ''}${node(random, indent, depth + 1)}${gap(random, indent)}`;
    if (entries > 1 || random() < 0.3) text += ',';
  }
  return `${text}${gap(random, indent)}${isMapping ? '}' : ']'}`;
}

/**
 * @param {Random} random
 * @param {number} indent
 * @param {number} depth
 * @returns {string}
 */
function node(random, indent, depth) {
  const property = random() < 0.04 ? pick(random, ['&x ', '!!str ', '!foo ']) : '';
  const kind = random();
  if (kind < 0.3) return property + quoted(random, indent);
  if (kind < 0.45) return property + word(random);
  if (kind < 0.75 && depth < 3) return property + flow(random, indent, depth);
  return property + pick(random, ['v', 'w', '1']);
}

function blockScalar(/** @type {Random} */ random, /** @type {number} */ indent) {
  const column = ' '.repeat(indent + pick(random, [1, 2, 2, 4, 0]));
  let text = `${pick(random, ['|', '>', '|-', '>-', '|+', '|2'])}\n`;
  for (let lines = below(random, 4); lines > 0; lines--) {
    text += `${pick(random, [column, column, `${column} `, ''])}${pick(random, ['x', '# y', '"z', '', 'k: v', '{', "it's"])}\n`;
  }
  return text;
}

/**
 * @param {Random} random
 * @param {number} indent
 * @param {number} depth
 * @returns {string}
 */
function block(random, indent, depth) {
  const isList = random() < 0.3;
  let text = '';
  for (let entries = 1 + below(random, 3); entries > 0; entries--) {
    text += `${' '.repeat(indent)}${isList ? '-' : `${KEYS[below(random, KEYS.length)]}:`}`;
    const kind = random();
    const space = pick(random, [' ', ' ', ' ', '  ', '\t']);
    if (kind < 0.6) text += `${space}${node(random, indent + 1, depth)}${random() < 0.1 ? ' # c' : ''}\n`;
    else if (kind < 0.75 && depth < 3) text += `\n${block(random, indent + pick(random, [2, 2, 1, 0]), depth + 1)}`;
    else text += kind < 0.9 ? ` ${blockScalar(random, indent)}` : '\n';
    if (random() < 0.05) text += pick(random, ['# comment\n', '  # c\n', '\n', '---\n']);
  }
  return text;
}

/** A text with one to three random changes. */
function mutated(/** @type {Random} */ random, /** @type {string} */ text) {
  let changed = text;
  for (let changes = 1 + below(random, 3); changes > 0; changes--) {
    const at = below(random, changed.length + 1);
    const dropped = random() < 0.5 ? below(random, 3) : 0;
    changed = `${changed.slice(0, at)}${dropped === 0 ? BITS[below(random, BITS.length)] : ''}${changed.slice(at + dropped)}`;
  }
  return changed;
}

export function makeText(/** @type {Random} */ random) {
  const text = block(random, 0, 0);
  return random() < 0.25 ? mutated(random, text) : text;
}
