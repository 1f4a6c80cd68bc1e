// @ts-check
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Command } from 'commander';
import { Registry } from 'prom-client';

import { configSchema, keysPart, refusedPart } from './docs-config.mjs';
import { questionsPart } from './docs-questions.mjs';
import { rulePage, rulesPart } from './docs-rules.mjs';
import { examplePart, findingPart, sessionPart } from './docs-sessions.mjs';
import { annotationsSchema, configMapPart, ingressPart, optionsSchema, wholeSchema } from './editor-schemas.mjs';
import { importBundled } from './import-bundled.mjs';

/** @typedef {typeof import('./docs-registries.mjs')} Registries */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The generated parts of the documentation, by file and name of the part.
 * @type {readonly { file: string, part: string, make: (registries: Registries) => string | Promise<string> }[]}
 */
const PARTS = [
  { file: 'docs/rules.md', part: 'rules', make: ({ rules }) => rulesPart(rules) },
  {
    file: 'docs/annotations.md',
    part: 'coverage',
    make: r => r.coverageTable([['annotations', coverage(r).annotations]]),
  },
  { file: 'docs/annotations.md', part: 'built', make: r => r.honouredTables(r.annotationAnswers()) },
  { file: 'docs/annotations.md', part: 'refused', make: r => r.refusedTable(r.annotationAnswers()) },
  { file: 'docs/annotations.md', part: 'removed', make: r => r.removedTable(r.annotationAnswers()) },
  { file: 'docs/options.md', part: 'coverage', make: r => r.coverageTable([['options', coverage(r).options]]) },
  { file: 'docs/options.md', part: 'built', make: r => r.honouredTables(r.optionAnswers()) },
  { file: 'docs/options.md', part: 'refused', make: r => r.refusedTable(r.optionAnswers()) },
  { file: 'docs/differences.md', part: 'annotations', make: r => r.differencesTable(r.annotationAnswers()) },
  { file: 'docs/differences.md', part: 'options', make: r => r.differencesTable(r.optionAnswers()) },
  { file: 'docs/configuration.md', part: 'keys', make: keysPart },
  { file: 'docs/configuration.md', part: 'refused', make: refusedPart },
  { file: 'docs/watch.md', part: 'flags', make: flagsPart },
  { file: 'docs/watch.md', part: 'metrics', make: metricsPart },
  { file: 'docs/questions.md', part: 'questions', make: questionsPart },
  { file: 'README.md', part: 'finding', make: () => findingPart('fixtures/readme/mistake.yaml') },
  { file: 'README.md', part: 'numbers', make: numbersPart },
  { file: 'README.md', part: 'example', make: examplePart },
  { file: 'docs/ci.md', part: 'routes', make: () => sessionPart('routes', 'fixtures/demo') },
  { file: 'docs/diff.md', part: 'changes', make: changesPart },
  {
    file: 'docs/diff.md',
    part: 'example',
    make: () => sessionPart('diff', '--fail-on', 'never', 'fixtures/diff/old.yaml', 'fixtures/diff/new.yaml'),
  },
  {
    file: 'docs/explain.md',
    part: 'session',
    make: () => sessionPart('explain', 'http://shop.example.com/cart/7', 'fixtures/demo'),
  },
];

/**
 * Files that are generated as a whole.
 * @type {readonly { file: string, make: (registries: Registries) => unknown }[]}
 */
const SCHEMAS = [
  { file: 'docs/schemas/annotations.json', make: r => annotationsSchema(r.annotationAnswers()) },
  { file: 'docs/schemas/options.json', make: r => optionsSchema(r.optionAnswers()) },
  { file: 'docs/schemas/config-file.json', make: configSchema },
  { file: 'docs/schemas/ingress-annotations.json', make: () => ingressPart },
  { file: 'docs/schemas/config-map-options.json', make: () => configMapPart },
  {
    file: 'docs/schemas/ingress.json',
    make: () => wholeSchema('An Ingress of ingress-nginx', 'ingress-networking-v1.json', 'ingress-annotations.json'),
  },
  {
    file: 'docs/schemas/config-map.json',
    make: () => wholeSchema('The ConfigMap of ingress-nginx', 'configmap-v1.json', 'config-map-options.json'),
  },
];

/** A page for each rule is a file of its own there. */
const PAGES = 'docs/rules';

async function loadRegistries() {
  /** @type {Registries} */
  const registries = await importBundled(join(ROOT, 'scripts', 'docs-registries.mjs'));
  return registries;
}

/** How many names are honoured, and how. */
function coverage(/** @type {Registries} */ { annotationAnswers, coverageOf, optionAnswers }) {
  return { annotations: coverageOf(annotationAnswers()), options: coverageOf(optionAnswers()) };
}

function numbersPart(/** @type {Registries} */ registries) {
  const { annotations, options } = coverage(registries);
  const rows = /** @type {const} */ ([
    ['[annotations](docs/annotations.md)', annotations],
    ['[ConfigMap options](docs/options.md)', options],
  ]);
  return registries.coverageTable(rows);
}

/** The names of changes, as gates take them. */
function changesPart(/** @type {Registries} */ { CHANGE_KINDS, CHANGE_NAMES, markdownTable }) {
  const rows = CHANGE_NAMES.map(name => [`\`${name}\``, CHANGE_KINDS[name].risk, CHANGE_KINDS[name].summary]);
  return markdownTable(['change', 'risk', 'meaning'], rows);
}

/** Flags as `--help` shows them. */
function flagsPart(/** @type {Registries} */ { addServingWatchFlags, markdownTable }) {
  const { options } = addServingWatchFlags(new Command());
  return markdownTable(
    ['flag', 'meaning', 'default'],
    options.map(({ flags, description, defaultValue, defaultValueDescription, argChoices }) => {
      const choices = argChoices === undefined ? '' : `: ${argChoices.join(', ')}`;
      const byDefault =
        defaultValueDescription ??
        (defaultValue === undefined || defaultValue === '' ? '' : `\`${String(defaultValue)}\``);
      return [`\`${flags}\``, `${description}${choices}`, byDefault];
    }),
  );
}

async function metricsPart(/** @type {Registries} */ { defineMeasures, markdownTable }) {
  const registry = new Registry();
  defineMeasures(registry);
  const metrics = await registry.getMetricsAsJSON();
  return markdownTable(
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

/** Puts `content` between the markers of a part. */
function replacePart(/** @type {string} */ text, /** @type {string} */ part, /** @type {string} */ content) {
  const [open, close] = [`<!-- generated: ${part} -->\n`, `<!-- end: ${part} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`no place for the part ${part}: its markers are missing`);
  return `${text.slice(0, start + open.length)}\n${content}\n\n${text.slice(end)}`;
}

/** The pages of all rules by their files, and `undefined` for a file that is none of them. */
async function rulePages(/** @type {Registries} */ { rules }) {
  await mkdir(join(ROOT, PAGES), { recursive: true });
  /** @type {Map<string, string | undefined>} */
  const pages = new Map((await readdir(join(ROOT, PAGES))).map(name => [`${PAGES}/${name}`, undefined]));
  for (const rule of rules) pages.set(`${PAGES}/${rule.name}.md`, await rulePage(rule));
  return pages;
}

/** Writes the generated parts; with `isCheck` it only says which files differ, and fails. */
async function docs(/** @type {boolean} */ isCheck) {
  const registries = await loadRegistries();
  /** @type {(file: string, before: string, after: string | undefined) => Promise<void>} */
  const settle = async (file, before, after) => {
    if (after === before) return;
    console.log(isCheck ? `${file} is not fresh: run npm run docs` : `${file} is written`);
    if (isCheck) process.exitCode = 1;
    else if (after === undefined) await rm(join(ROOT, file));
    else await writeFile(join(ROOT, file), after);
  };
  for (const [file, page] of await rulePages(registries)) {
    await settle(file, await readFile(join(ROOT, file), 'utf8').catch(() => ''), page);
  }
  for (const target of registries.allTargets()) {
    const file = `docs/targets/${target.id}.md`;
    await mkdir(join(ROOT, 'docs/targets'), { recursive: true });
    await settle(file, await readFile(join(ROOT, file), 'utf8').catch(() => ''), registries.targetPage(target));
  }
  for (const { file, make } of SCHEMAS) {
    const before = await readFile(join(ROOT, file), 'utf8').catch(() => '');
    await settle(file, before, `${JSON.stringify(make(registries), undefined, 2)}\n`);
  }
  for (const file of new Set(PARTS.map(part => part.file))) {
    const before = await readFile(join(ROOT, file), 'utf8');
    let after = before;
    for (const { part, make } of PARTS.filter(other => other.file === file)) {
      after = replacePart(after, part, await make(registries));
    }
    await settle(file, before, after);
  }
}

await docs(process.argv.includes('--check'));
