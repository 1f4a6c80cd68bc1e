// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Command } from 'commander';
import { Registry } from 'prom-client';

import { rulesPart } from './docs-rules.mjs';
import { examplePart, findingPart, sessionPart } from './docs-sessions.mjs';
import { importBundled } from './import-bundled.mjs';

/** @typedef {typeof import('./docs-registries.mjs')} Registries */
/** @typedef {import('../src/options/option.ts').Specs} Specs */
/** @typedef {Readonly<Record<string, { readonly summary: string, readonly meanwhile?: 'closed' }>>} Planned */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The generated parts of the documentation, by file and name of the part.
 * @type {readonly { file: string, part: string, make: (registries: Registries) => string | Promise<string> }[]}
 */
const PARTS = [
  { file: 'docs/rules.md', part: 'rules', make: ({ rules }) => rulesPart(rules) },
  { file: 'docs/annotations.md', part: 'built', make: ({ annotationFamilies }) => familiesPart(annotationFamilies) },
  { file: 'docs/annotations.md', part: 'planned', make: ({ plannedAnnotations }) => plannedPart(plannedAnnotations) },
  { file: 'docs/annotations.md', part: 'removed', make: ({ removedAnnotations }) => removedPart(removedAnnotations) },
  { file: 'docs/options.md', part: 'built', make: ({ options }) => specsTable(options) },
  { file: 'docs/options.md', part: 'planned', make: ({ plannedOptions }) => plannedPart(plannedOptions) },
  { file: 'docs/annotations.md', part: 'refused', make: ({ refusedAnnotations }) => refusedPart(refusedAnnotations) },
  { file: 'docs/options.md', part: 'refused', make: ({ refusedOptions }) => refusedPart(refusedOptions) },
  {
    file: 'docs/differences.md',
    part: 'annotations',
    make: ({ annotationFamilies }) =>
      differencesPart(Object.values(annotationFamilies).map(family => family.annotations)),
  },
  { file: 'docs/differences.md', part: 'options', make: ({ options }) => differencesPart([options]) },
  { file: 'docs/watch.md', part: 'flags', make: ({ addServingWatchFlags }) => flagsPart(addServingWatchFlags) },
  { file: 'docs/watch.md', part: 'metrics', make: ({ defineMeasures }) => metricsPart(defineMeasures) },
  { file: 'README.md', part: 'finding', make: () => findingPart('fixtures/readme/mistake.yaml') },
  { file: 'README.md', part: 'numbers', make: numbersPart },
  { file: 'README.md', part: 'example', make: examplePart },
  { file: 'docs/ci.md', part: 'routes', make: () => sessionPart('routes', 'fixtures/demo') },
];

async function loadRegistries() {
  /** @type {Registries} */
  const registries = await importBundled(join(ROOT, 'scripts', 'docs-registries.mjs'));
  return registries;
}

/** A line of a table; a bar inside a cell would end it. */
function row(/** @type {readonly string[]} */ cells) {
  return `| ${cells.map(cell => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function table(/** @type {readonly string[]} */ heads, /** @type {readonly (readonly string[])[]} */ rows) {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

/** A default as a person would write it; nothing for none. */
function shownDefault(/** @type {unknown} */ value, separator = ',') {
  const text = Array.isArray(value) ? value.join(separator) : String(value);
  return text === '' ? '' : `\`${text}\``;
}

function specsTable(/** @type {Specs} */ specs) {
  const rows = Object.entries(specs).map(([name, spec]) => {
    const byDefault =
      spec.defaultFrom === undefined
        ? shownDefault(spec.default, spec.type.separator)
        : `the option \`${spec.defaultFrom}\``;
    return [`\`${name}\``, spec.type.name, byDefault, `\`${spec.example}\``, spec.summary];
  });
  return table(['name', 'value', 'default', 'example', 'meaning'], rows);
}

function familiesPart(/** @type {Registries['annotationFamilies']} */ families) {
  const titles = Object.entries(families).map(([name, { annotations }]) => {
    const words = name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
    const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^Tls\b/, 'TLS');
    return `### ${title}\n\n${specsTable(annotations)}`;
  });
  return titles.join('\n\n');
}

function plannedPart(/** @type {Planned} */ planned) {
  const rows = Object.entries(planned).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const isGuard = rows.some(([, { meanwhile }]) => meanwhile !== undefined);
  const heads = isGuard ? ['name', 'meaning', 'until then'] : ['name', 'meaning'];
  const until = { closed: 'its locations answer 503' };
  return table(
    heads,
    rows.map(([name, { summary, meanwhile }]) => {
      const cells = [`\`${name}\``, summary];
      return isGuard ? [...cells, meanwhile === undefined ? 'served without it' : until[meanwhile]] : cells;
    }),
  );
}

function removedPart(/** @type {Registries['removedAnnotations']} */ removed) {
  const rows = Object.entries(removed).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return table(
    ['name', 'write instead'],
    rows.map(([name, { instead }]) => [`\`${name}\``, instead]),
  );
}

function refusedPart(/** @type {Registries['refusedOptions']} */ refused) {
  const rows = Object.entries(refused).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return table(
    ['name', 'meaning', 'why not'],
    rows.map(([name, option]) => [
      `\`${name}\``,
      option.summary,
      'lost' in option ? option.lost : 'the controller itself does not read it',
    ]),
  );
}

/** What is honoured otherwise than in the controller. */
function differencesPart(/** @type {readonly Specs[]} */ specs) {
  const rows = specs.flatMap(each =>
    Object.entries(each).flatMap(([name, { differs = [] }]) => differs.map(({ says }) => [`\`${name}\``, says])),
  );
  return table(['name', 'here'], rows);
}

/** Flags as `--help` shows them. */
function flagsPart(/** @type {Registries['addServingWatchFlags']} */ addFlags) {
  const { options } = addFlags(new Command());
  return table(
    ['flag', 'meaning', 'default'],
    options.map(({ flags, description, defaultValue, defaultValueDescription, argChoices }) => {
      const choices = argChoices === undefined ? '' : `: ${argChoices.join(', ')}`;
      const byDefault = defaultValueDescription ?? (defaultValue === undefined ? '' : shownDefault(defaultValue));
      return [`\`${flags}\``, `${description}${choices}`, byDefault];
    }),
  );
}

async function metricsPart(/** @type {Registries['defineMeasures']} */ defineMeasures) {
  const registry = new Registry();
  defineMeasures(registry);
  const metrics = await registry.getMetricsAsJSON();
  return table(
    ['metric', 'kind', 'labels', 'meaning'],
    metrics.map(({ name, type, help }) => [
      `\`${name}\``,
      String(type),
      labelsOf(registry.getSingleMetric(name)),
      help,
    ]),
  );
}

/** Its type does not say that a metric knows the names of its labels. */
function labelsOf(/** @type {object | undefined} */ metric) {
  const names = metric !== undefined && 'labelNames' in metric ? metric.labelNames : undefined;
  if (!Array.isArray(names)) throw new Error('a metric of prom-client no longer knows its labels');
  return names.map(name => `\`${name}\``).join(', ');
}

/** How much of the controller is there, by its own registries. */
function numbersPart(/** @type {Registries} */ registries) {
  const count = (/** @type {object} */ registry) => Object.keys(registry).length;
  const names = Object.values(registries.annotationFamilies).flatMap(family => Object.keys(family.annotations));
  const annotations = new Set(names).size;
  const row = (/** @type {string} */ what, /** @type {number} */ built, /** @type {number} */ planned) => [
    what,
    String(built),
    String(planned),
  ];
  return table(
    ['', 'supported', 'not yet, with a finding'],
    [
      row('[annotations](docs/annotations.md)', annotations, count(registries.plannedAnnotations)),
      row('[ConfigMap options](docs/options.md)', count(registries.options), count(registries.plannedOptions)),
      ['[rules](docs/rules.md)', String(registries.rules.length), ''],
    ],
  );
}

/** Puts `content` between the markers of a part. */
function replacePart(/** @type {string} */ text, /** @type {string} */ part, /** @type {string} */ content) {
  const [open, close] = [`<!-- generated: ${part} -->\n`, `<!-- end: ${part} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`no place for the part ${part}: its markers are missing`);
  return `${text.slice(0, start + open.length)}\n${content}\n\n${text.slice(end)}`;
}

/** Writes the generated parts; with `isCheck` it only says which files differ, and fails. */
async function docs(/** @type {boolean} */ isCheck) {
  const registries = await loadRegistries();
  for (const file of new Set(PARTS.map(part => part.file))) {
    const before = await readFile(join(ROOT, file), 'utf8');
    let after = before;
    for (const { part, make } of PARTS.filter(other => other.file === file)) {
      after = replacePart(after, part, await make(registries));
    }
    if (after === before) continue;
    console.log(isCheck ? `${file} is not fresh: run npm run docs` : `${file} is written`);
    if (isCheck) process.exitCode = 1;
    else await writeFile(join(ROOT, file), after);
  }
}

await docs(process.argv.includes('--check'));
