// @ts-check
/** @typedef {ReturnType<typeof handOf>} Hand */
/** @typedef {import('./dice.mjs').Dice} Dice */

/**
 * How somebody writes YAML. Everybody is consistent, and no two are alike.
 * @param {Dice} roll
 */
export function handOf(roll) {
  return {
    /** Before the dash of a list. */
    indent: roll.pick(['', '  ']),
    /** Around texts that need none. */
    quote: roll.pick(['', '', '', '"', "'"]),
    /** Around texts that need some. */
    needed: roll.pick(['"', '"', "'"]),
    /** `{ name: http }` for what fits in a line. */
    isFlow: roll.odds(12),
    hasEmptyLines: roll.odds(20),
    /** What stands in the first line of each object, where `KIND` and `NAME` are its own. */
    head: roll.pick([
      '',
      '',
      '',
      '# Source: NAME/templates/KIND.yaml',
      '# KIND of NAME, see the wiki before you change it',
    ]),
    /** A word at the end of some lines. */
    remark: roll.pick(['', '', '', '# as in staging', '# keep in sync with the chart']),
  };
}

const FLOW_LENGTH = 60;
/** What would be read as something else than a text, in one of the versions of YAML. */
const OTHER =
  /^(?:true|false|yes|no|on|off|y|n|null|~|[-+.]?\d[\d._:eE+-]*|0[xob][\da-f_]+|\d{4}-\d\d-\d\d.*|[-?:=]|<<)$/iu;
const NEEDS_QUOTES = /^[\s&*!|>'"%@`{}[\],#?-]|: |:$| #|\s$|[^ -~]/u;

function quoted(/** @type {string} */ text, /** @type {string} */ quote) {
  return quote === "'" && !/[^ -~]/u.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

function scalar(/** @type {unknown} */ value, /** @type {Hand} */ { quote, needed }, isKey = false) {
  if (typeof value !== 'string') return String(value);
  if (value === '' || OTHER.test(value) || NEEDS_QUOTES.test(value)) return quoted(value, needed);
  // Nobody quotes keys, nor words such as TCP.
  if (isKey || quote === '' || /^[\w-]*$/u.test(value)) return value;
  return quoted(value, quote);
}

const isMany = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null;

/** @returns {string} */
function flowOf(/** @type {unknown} */ value, /** @type {Hand} */ hand) {
  if (Array.isArray(value)) return `[${value.map(item => flowOf(item, hand)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${scalar(key, hand, true)}: ${flowOf(field, hand)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  return typeof value === 'string' && /[,[\]{}:#\n]/u.test(value) ? JSON.stringify(value) : scalar(value, hand);
}

/** The value within a line; undefined if it is too long for one. */
function inLine(/** @type {unknown} */ value, /** @type {Hand} */ hand) {
  const text = flowOf(value, hand);
  return text.length <= FLOW_LENGTH ? text : undefined;
}

/** @typedef {{ readonly hand: Hand, readonly lines: string[] }} Page */

function writeField(
  /** @type {string} */ key,
  /** @type {unknown} */ value,
  /** @type {string} */ pad,
  /** @type {Page} */ page,
) {
  const { hand, lines } = page;
  const lead = `${pad}${scalar(key, hand, true)}:`;
  if (!isMany(value)) return void lines.push(...scalarLines(lead, value, pad, hand));
  const empty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
  const flow = empty || (hand.isFlow && pad !== '') ? inLine(value, hand) : undefined;
  if (flow !== undefined) return void lines.push(`${lead} ${flow}`);
  lines.push(lead);
  if (Array.isArray(value)) writeItems(value, `${pad}${hand.indent}`, page);
  else writeFields(value, `${pad}  `, page);
}

/** @returns {readonly string[]} */
function scalarLines(
  /** @type {string} */ lead,
  /** @type {unknown} */ value,
  /** @type {string} */ pad,
  /** @type {Hand} */ hand,
) {
  if (typeof value !== 'string' || !value.includes('\n')) {
    const remark = hand.remark !== '' && lead.endsWith('ingressClassName:') ? `  ${hand.remark}` : '';
    return [`${lead} ${scalar(value, hand)}${remark}`];
  }
  // A text that begins with a blank would need its indentation said.
  if (/^\s|[^\n]*\n\n$/u.test(value)) return [`${lead} ${JSON.stringify(value)}`];
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  return [
    `${lead} ${value.endsWith('\n') ? '|' : '|-'}`,
    ...body.split('\n').map(line => (line === '' ? '' : `${pad}  ${line}`)),
  ];
}

function writeItems(/** @type {readonly unknown[]} */ items, /** @type {string} */ pad, /** @type {Page} */ page) {
  const { hand, lines } = page;
  for (const item of items) {
    const flow = hand.isFlow || Array.isArray(item) ? inLine(item, hand) : undefined;
    if (flow !== undefined || !isMany(item)) {
      lines.push(`${pad}- ${flow ?? scalar(item, hand)}`);
      continue;
    }
    const first = lines.length;
    writeFields(item, `${pad}  `, page);
    lines[first] = `${pad}- ${(lines[first] ?? '').slice(pad.length + 2)}`;
  }
}

function writeFields(/** @type {object} */ fields, /** @type {string} */ pad, /** @type {Page} */ page) {
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) writeField(key, value, pad, page);
  }
}

/** An object as this hand writes it. */
export function yamlOf(/** @type {import('./objects.mjs').Manifest} */ object, /** @type {Hand} */ hand) {
  /** @type {string[]} */
  const lines = [];
  const page = { hand, lines };
  if (hand.head !== '')
    lines.push(hand.head.replace('KIND', object.kind.toLowerCase()).replace('NAME', object.metadata.name));
  for (const [key, value] of Object.entries(object)) {
    if (hand.hasEmptyLines && (key === 'spec' || key === 'data')) lines.push('');
    writeField(key, value, '', page);
  }
  return `${lines.join('\n')}\n`;
}
