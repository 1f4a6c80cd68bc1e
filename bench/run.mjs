// @ts-check
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { FIVE_ANNOTATIONS } from './corpus/annotations.mjs';
import { writeCorpus } from './corpus.mjs';
import { compare } from './measure.mjs';

/** @typedef {import('./measure.mjs').Spread} Spread */
/** @typedef {ReturnType<typeof writeCorpus>} Corpus */

const BIN = fileURLToPath(new URL('../bin/ingress2nginx.js', import.meta.url));
const FLOOR = fileURLToPath(new URL('floor.mjs', import.meta.url));

const SIZES = [
  { ingresses: 100, rounds: 9 },
  { ingresses: 1_000, rounds: 9 },
  { ingresses: 10_000, rounds: 3 },
];
const QUICK_SIZES = [
  { ingresses: 100, rounds: 3 },
  { ingresses: 1_000, rounds: 3 },
];

const ms = (/** @type {Spread} */ { median }) => `${median.toFixed(0)} ms`;
const times = (/** @type {Spread} */ { median, min, max }) =>
  `${median.toFixed(2)}x (${min.toFixed(2)}–${max.toFixed(2)})`;
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(0)} kB`;

/** Prints one row of a Markdown table, so that what is printed can stand in docs/performance.md as it is. */
function row(/** @type {readonly (string | number)[]} */ cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

function head(/** @type {readonly string[]} */ names) {
  console.log('');
  row(names);
  row(names.map(() => '---'));
}

function cells(/** @type {ReturnType<typeof compare>} */ costs) {
  const memory = [costs.peak, costs.floorPeak].map(({ median }) => `${median.toFixed(0)} MiB`);
  return [ms(costs.ownCpu), times(costs.cpuRatio), ms(costs.own), ms(costs.floor), times(costs.ratio), ...memory];
}

/** Name and time of last change of each file below a folder. */
function changeTimes(/** @type {string} */ folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return new Map(
    entries.map(entry => {
      const path = join(entry.parentPath, entry.name);
      const { mtimeNs, ino } = statSync(path, { bigint: true });
      return [relative(folder, path), `${mtimeNs} ${ino}`];
    }),
  );
}

function startUp(/** @type {string} */ folder, /** @type {number} */ rounds) {
  const small = writeCorpus(folder, 1);
  const nothing = { words: ['-e', ''] };
  head(['start-up', 'time', "`node -e ''`", 'ratio']);
  const wanted = [
    { name: '`--version`', words: ['--version'] },
    { name: '`--help`', words: ['--help'] },
    { name: `\`render\` of one file, ${small.objects} objects`, words: ['render', '--quiet', small.yaml] },
  ];
  for (const { name, words } of wanted) {
    const { own, floor, ratio } = compare({ words: [BIN, ...words] }, nothing, { rounds, isMetered: false });
    row([name, ms(own), ms(floor), times(ratio)]);
  }
}

/** Render into a fresh folder, against the parse alone, for each format. */
function renderFresh(/** @type {Corpus} */ corpus, /** @type {string} */ out, /** @type {number} */ rounds) {
  const before = () => rmSync(out, { recursive: true, force: true });
  return [corpus.yaml, corpus.json].map(path => {
    const program = { words: [BIN, 'render', '--quiet', path, '-o', out], before };
    return { path, ...compare(program, { words: [FLOOR, path] }, { rounds, isMetered: true }) };
  });
}

/** The same again, over what is there; gives the number of files that are not as they were. */
function renderAgain(/** @type {Corpus} */ corpus, /** @type {string} */ out, /** @type {number} */ rounds) {
  const program = { words: [BIN, 'render', '--quiet', corpus.yaml, '-o', out] };
  const earlier = changeTimes(out);
  const costs = compare(program, { words: [FLOOR, corpus.yaml] }, { rounds, isMetered: true });
  const later = changeTimes(out);
  const gone = [...earlier.keys()].filter(name => !later.has(name)).length;
  const written = [...later].filter(([name, time]) => earlier.get(name) !== time).length;
  return { ...costs, files: later.size, written: written + gone };
}

/** How large the text is, as a whole and by what it is made of. */
function sizeOfText(/** @type {Corpus} */ corpus, /** @type {string} */ out) {
  const text = readFileSync(join(out, 'nginx.conf'), 'utf8');
  const count = (/** @type {RegExp} */ pattern) => text.match(pattern)?.length ?? 0;
  const [servers, upstreams] = [count(/^\s*server \{$/gm), count(/^\s*upstream \S+ \{$/gm)];
  const locations = count(/^\s*location .*\{/gm);
  const bytes = Buffer.byteLength(text);
  return { bytes, servers, upstreams, locations, perLocation: bytes / locations, perRoute: bytes / corpus.routes };
}

/** Everything about one size, printed when all of it is measured. */
function measureSize(/** @type {string} */ folder, /** @type {{ ingresses: number, rounds: number }} */ size) {
  const where = join(folder, String(size.ingresses));
  mkdirSync(where);
  const out = join(where, 'out');
  const corpus = writeCorpus(where, size.ingresses);
  const fresh = renderFresh(corpus, out, size.rounds);
  const again = renderAgain(corpus, out, size.rounds);
  const text = sizeOfText(corpus, out);

  head([`${size.ingresses} Ingresses`, 'file', 'CPU', 'CPU ratio', 'time', 'floor', 'ratio', 'peak', 'of floor']);
  for (const costs of fresh) {
    const format = costs.path.endsWith('.json') ? 'JSON' : 'YAML';
    row([`${format}, fresh folder`, kilobytes(statSync(costs.path).size), ...cells(costs)]);
  }
  row(['YAML, nothing changed', '', ...cells(again)]);
  console.log(`\n${again.written} of ${again.files} files written by the renders in which nothing changed.`);
  console.log(
    `${corpus.objects} objects; nginx.conf: ${kilobytes(text.bytes)}, ${text.servers} servers, ${text.upstreams} upstreams, ${text.locations} ` +
      `locations, ${corpus.routes} routes: ${text.perLocation.toFixed(0)} bytes per location, ` +
      `${text.perRoute.toFixed(0)} per route.`,
  );
}

/** Render of a cluster in which each Ingress has five annotations, against the same cluster without them. */
function measureAnnotations(/** @type {string} */ folder, /** @type {{ ingresses: number, rounds: number }} */ size) {
  const plain = join(folder, 'plain');
  const annotated = join(folder, 'annotated');
  for (const where of [plain, annotated]) mkdirSync(where);
  const programOf = (/** @type {Corpus} */ corpus, /** @type {string} */ where) => {
    const out = join(where, 'out');
    const before = () => rmSync(out, { recursive: true, force: true });
    return { words: [BIN, 'render', '--quiet', corpus.yaml, '-o', out], before };
  };
  const without = programOf(writeCorpus(plain, size.ingresses), plain);
  const program = programOf(writeCorpus(annotated, size.ingresses, { annotations: FIVE_ANNOTATIONS }), annotated);
  const costs = compare(program, without, { rounds: size.rounds, isMetered: true });
  const bytes = [annotated, plain].map(where => statSync(join(where, 'out', 'nginx.conf')).size);
  head([`${size.ingresses} Ingresses with five annotations`, 'CPU', 'CPU ratio to none', 'nginx.conf', 'without']);
  row(['YAML, fresh folder', ms(costs.ownCpu), times(costs.cpuRatio), ...bytes.map(kilobytes)]);
}

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-bench-'));
try {
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`);
  startUp(folder, options.quick ? 5 : 15);
  for (const size of options.quick ? QUICK_SIZES : SIZES) measureSize(folder, size);
  measureAnnotations(folder, { ingresses: 1_000, rounds: options.quick ? 3 : 9 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
