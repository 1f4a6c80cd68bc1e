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
  ['7', 'Versions and portability'],
  ['8', 'Scale'],
];

/** Longer lines are keys and certificates, which nobody reads. */
const LINE_LENGTH = 120;
/** Of longer examples, only what differs is shown. */
const EXAMPLE_LINES = 60;
/** What stands around it there. */
const LINES_AROUND = 3;

/** The part of docs/rules.md that lists all rules, each with its page. */
export function rulesPart(/** @type {readonly Rule[]} */ rules) {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return RANGES.flatMap(([digit, title]) => {
    const own = sorted.filter(({ id }) => id[3] === digit);
    if (own.length === 0) return [];
    const rows = own.map(rule => {
      const { id, name, summary } = rule;
      return `| ${id} | [${name}](rules/${name}.md) | ${severityText(rule)} | ${summary.replaceAll('|', String.raw`\|`)} |`;
    });
    return [`## ${digit}xx: ${title}`, `| id | name | severity | |\n| --- | --- | --- | --- |\n${rows.join('\n')}`];
  }).join('\n\n');
}

/** The page of a rule. */
export async function rulePage(/** @type {Rule} */ rule) {
  const { id, name, summary, why } = rule;
  const parts = [
    `# ${id} ${name}`,
    `Severity: ${severityText(rule)}`,
    summary,
    why,
    ...(await examplesOf(name)),
    ...suppressionOf(rule),
    `All rules: [rules.md](../rules.md)`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function severityText(/** @type {Rule} */ { severity, lintSeverity = severity }) {
  const word = (/** @type {Rule['severity']} */ name) => (name === 'info' ? 'note' : name);
  return lintSeverity === severity ? word(severity) : `${word(lintSeverity)} (${word(severity)} outside of \`lint\`)`;
}

function suppressionOf(/** @type {Rule} */ { id, name, canBeSuppressed }) {
  const title = '## Suppress it';
  if (canBeSuppressed === false) return [title, 'It cannot be suppressed: something was not read, or not done.'];
  return [
    title,
    'In the manifest, for the next line or for a whole object, with the reason:',
    `\`\`\`yaml\n# ingress2nginx-disable-next-line ${id} -- reason\n\`\`\``,
    `\`\`\`yaml\nmetadata:\n  annotations:\n    ingress2nginx.dev/ignore: ${id}\n\`\`\``,
    `For all manifests, with \`--disable ${name}\`, or with another severity: \`--severity ${name}=note\`.`,
  ];
}

/** What makes a rule fire, and what does not; of long examples, the lines that differ. */
async function examplesOf(/** @type {string} */ name) {
  const bad = await readExample(name, 'bad');
  const good = await readExample(name, 'good');
  if (bad === undefined || good === undefined) return [];
  const texts = { bad: withoutComments(bad.text), good: withoutComments(good.text) };
  if (lineCount(texts.bad) > EXAMPLE_LINES || lineCount(texts.good) > EXAMPLE_LINES) {
    const lines = changedLines(texts.bad, texts.good);
    if (lines.length > EXAMPLE_LINES) return [];
    return ['## Example', ...flagsOf(bad.text), `\`\`\`diff\n${lines.join('\n')}\n\`\`\``];
  }
  return [
    '## Wrong',
    ...flagsOf(bad.text),
    block(bad.ending, texts.bad),
    ...notShown(bad.text),
    '## Right',
    ...flagsOf(good.text),
    block(good.ending, texts.good),
  ];
}

/** What the test of the examples adds to one, of which the reader may wonder where it is. */
function notShown(/** @type {string} */ text) {
  const lacks = (/** @type {string} */ kind) =>
    !new RegExp(`\\bkind"?: "?${kind}\\b`).test(text) && !new RegExp(`^# without: .*\\b${kind}\\b`, 'm').test(text);
  const parts = [
    ...(lacks('Ingress') ? ['an Ingress that leads to the Service `web`'] : []),
    ...(lacks('Service') ? ['the Service `web` and its endpoint'] : []),
  ];
  return parts.length === 0 ? [] : [`Not shown: ${parts.join(', and ')}.`];
}

function block(/** @type {string} */ language, /** @type {string} */ text) {
  return `\`\`\`${language}\n${text.trimEnd().split('\n').map(clipped).join('\n')}\n\`\`\``;
}

/** The lines that make a rule fire with `-`, those that do not with `+`, and some around them. */
function changedLines(/** @type {string} */ bad, /** @type {string} */ good) {
  return diffLines(bad, good).flatMap(({ added, removed, value }) => {
    const lines = value.replace(/\n$/, '').split('\n');
    const isLong = !added && !removed && lines.length > 2 * LINES_AROUND + 1;
    const shown = isLong ? [...lines.slice(0, LINES_AROUND), '...', ...lines.slice(-LINES_AROUND)] : lines;
    return shown.map(line => clipped(`${added ? '+' : removed ? '-' : ' '} ${line}`.trimEnd()));
  });
}

function lineCount(/** @type {string} */ text) {
  return text.trimEnd().split('\n').length;
}

/** `# settings: backendAddress=pod` as a flag. */
function flagsOf(/** @type {string} */ text) {
  const words = /^# settings: (.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  const flags = words.map(word => {
    const [name = '', value] = word.replace('ConfigMap', 'Configmap').split('=');
    const flag = `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
    return `\`${value === undefined ? flag : `${flag} ${value}`}\``;
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
  const ending = ['yaml', 'json'].find(each => existsSync(join(EXAMPLES, name, `${which}.${each}`)));
  if (ending === undefined) return undefined;
  return { ending, text: await readFile(join(EXAMPLES, name, `${which}.${ending}`), 'utf8') };
}
