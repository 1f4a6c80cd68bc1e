// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Command } from 'commander';
import { build } from 'esbuild';
import { Registry } from 'prom-client';

/** @typedef {typeof import('./docs-registries.mjs')} Registries */
/** @typedef {import('../src/diagnostics/rule.ts').Rule} Rule */
/** @typedef {import('../src/options/option.ts').Specs} Specs */
/** @typedef {Readonly<Record<string, { readonly summary: string, readonly meanwhile?: 'closed' }>>} Planned */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the hundreds of a rule's id mean. */
const RANGES = [
  ['1', 'Input and API'],
  ['2', 'Routing'],
  ['3', 'Annotations and options'],
  ['4', 'References and TLS'],
  ['5', 'Security'],
  ['6', 'What nginx said'],
];

/**
 * The generated parts of the documentation, by file and name of the part.
 * @type {readonly { file: string, part: string, make: (registries: Registries) => string | Promise<string> }[]}
 */
const PARTS = [
  { file: 'docs/rules.md', part: 'rules', make: ({ rules }) => rulesPart(rules) },
  { file: 'docs/annotations.md', part: 'built', make: ({ families }) => familiesPart(families) },
  { file: 'docs/annotations.md', part: 'planned', make: ({ plannedAnnotations }) => plannedPart(plannedAnnotations) },
  { file: 'docs/annotations.md', part: 'removed', make: ({ removedAnnotations }) => removedPart(removedAnnotations) },
  { file: 'docs/options.md', part: 'built', make: ({ options }) => specsTable(options) },
  { file: 'docs/options.md', part: 'planned', make: ({ plannedOptions }) => plannedPart(plannedOptions) },
  { file: 'docs/watch.md', part: 'flags', make: ({ addServingWatchFlags }) => flagsPart(addServingWatchFlags) },
  { file: 'docs/watch.md', part: 'metrics', make: ({ defineMeasures }) => metricsPart(defineMeasures) },
  { file: 'README.md', part: 'example', make: examplePart },
  { file: 'README.md', part: 'routes', make: () => sessionPart('routes', 'fixtures/demo') },
];

/** The registries are TypeScript, which Node 20 does not run: they are bundled first. */
async function loadRegistries() {
  const folder = await mkdtemp(join(tmpdir(), 'ingress2nginx-docs-'));
  try {
    const outfile = join(folder, 'registries.mjs');
    const entryPoints = [join(ROOT, 'scripts', 'docs-registries.mjs')];
    // CommonJS dependencies ask for Node's own modules with `require`, which an ES module does not have.
    const js = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
    await build({
      entryPoints,
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
      banner: { js },
    });
    /** @type {Registries} */
    const registries = await import(pathToFileURL(outfile).href);
    return registries;
  } finally {
    await rm(folder, { recursive: true });
  }
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

function familiesPart(/** @type {Registries['families']} */ families) {
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

function rulesPart(/** @type {readonly Rule[]} */ rules) {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const parts = RANGES.map(([digit, title]) => {
    const own = sorted.filter(({ id }) => id[3] === digit);
    const entries = own.map(rule => `### ${rule.id} ${rule.name} (${rule.severity})\n\n${rule.summary} ${rule.why}`);
    return own.length === 0 ? [] : [`## ${digit}xx: ${title}`, ...entries];
  });
  return parts.flat().join('\n\n');
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

/** What the built command prints to stdout; its notes are left out. */
function output(/** @type {readonly string[]} */ ...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/ingress2nginx.js', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`ingress2nginx ${words.join(' ')} ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}

function sessionPart(/** @type {readonly string[]} */ ...words) {
  return `\`\`\`console\n$ ingress2nginx ${words.join(' ')}\n${output(...words)}\n\`\`\``;
}

/** One manifest, and what it adds to nginx.conf. */
async function examplePart() {
  const file = 'fixtures/readme/ingress.yaml';
  const manifest = (await readFile(join(ROOT, file), 'utf8')).trimEnd();
  const conf = output('render', file);
  return `\`\`\`yaml\n${manifest}\n\`\`\`\n\nbecomes\n\n\`\`\`nginx\n${ownBlocks(conf)}\n\`\`\``;
}

/** The blocks of nginx.conf that the manifest made, without what every output has and without the indent of http. */
function ownBlocks(/** @type {string} */ conf) {
  const lines = conf.split('\n');
  const start = lines.findIndex(line => line.startsWith('    # Ingress '));
  const end = lines.lastIndexOf('}');
  if (start < 0 || end < start) throw new Error('nginx.conf has no block that an Ingress made');
  return lines
    .slice(start, end)
    .map(line => line.replace(/^ {4}/, ''))
    .join('\n');
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
