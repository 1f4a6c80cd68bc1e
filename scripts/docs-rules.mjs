// @ts-check
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { diffLines } from 'diff';

/** @typedef {import('../src/diagnostics/rule.ts').Rule} Rule */

const EXAMPLES = fileURLToPath(new URL('../fixtures/rules', import.meta.url));

/** What the hundreds of a rule's id mean. */
const RANGES = [
  ['1', 'Input and API'],
  ['2', 'Routing'],
  ['3', 'Annotations and options'],
  ['4', 'References and TLS'],
  ['5', 'Security'],
  ['6', 'What nginx said'],
];

/** Longer lines are keys and certificates, which nobody reads. */
const LINE_LENGTH = 120;
/** Longer examples show one thing many times. */
const EXAMPLE_LINES = 40;

/** The part of docs/rules.md that lists all rules. */
export async function rulesPart(/** @type {readonly Rule[]} */ rules) {
  const entries = await Promise.all(
    rules.map(async rule => ({ digit: rule.id[3], id: rule.id, text: await entryOf(rule) })),
  );
  const sorted = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return RANGES.flatMap(([digit, title]) => {
    const own = sorted.filter(entry => entry.digit === digit);
    return own.length === 0 ? [] : [`## ${digit}xx: ${title}`, ...own.map(({ text }) => text)];
  }).join('\n\n');
}

async function entryOf(/** @type {Rule} */ { id, name, severity, summary, why }) {
  const title = `### ${id} ${name} (${severity === 'info' ? 'note' : severity})`;
  return [title, `${summary} ${why}`, ...(await exampleOf(name))].join('\n\n');
}

/** The lines that make a rule fire with `-`, and those that do not with `+`. */
async function exampleOf(/** @type {string} */ name) {
  const bad = await readExample(name, 'bad');
  const good = await readExample(name, 'good');
  if (bad === undefined || good === undefined) return [];
  const changes = diffLines(withoutComments(bad), withoutComments(good));
  const lines = changes.flatMap(({ added, removed, value }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map(line => clipped(`${added ? '+' : removed ? '-' : ' '} ${line}`.trimEnd())),
  );
  if (lines.length > EXAMPLE_LINES) return [];
  return [...flagsOf(bad), `\`\`\`diff\n${lines.join('\n')}\n\`\`\``];
}

/** `# settings: backendAddress=pod` as a flag. */
function flagsOf(/** @type {string} */ text) {
  const words = /^# settings: (.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  const flags = words.map(word => {
    const [name = '', value] = word.replace('ConfigMap', 'Configmap').split('=');
    return `\`--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} ${value}\``;
  });
  return flags.length === 0 ? [] : [`With ${flags.join(' and ')}:`];
}

/** An example without the comments that are for its test. */
function withoutComments(/** @type {string} */ text) {
  return text.replaceAll(/^# (?:also fires|settings|without): .*\n/gm, '');
}

function clipped(/** @type {string} */ line) {
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH - 4)} ...` : line;
}

async function readExample(/** @type {string} */ name, /** @type {'bad' | 'good'} */ which) {
  const path = ['yaml', 'json'].map(ending => join(EXAMPLES, name, `${which}.${ending}`)).find(existsSync);
  return path === undefined ? undefined : readFile(path, 'utf8');
}
