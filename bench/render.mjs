// @ts-check
// What a render takes, against the parse alone (P): `node bench/render.mjs [--quick] [--before CLONE] [--file FILE]`.
// `--before` is an earlier state of the program, built; `--file` measures that file instead of the clusters of the bench.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { FIVE_ANNOTATIONS } from './corpus/annotations.mjs';
import { writeCorpus } from './corpus.mjs';
import { kubeconform } from './kubeconform.mjs';
import { costOf, measureAll, ratio, resultOf } from './measure.mjs';
import { BEFORE, floorOf, lintOf, programsOf, renderOf } from './render/programs.mjs';
import { printSizes, sizesOf } from './render/sizes.mjs';
import { printStages, stagesOf } from './render/stages.mjs';
import { head, kilobytes, ms, row, times } from './tables.mjs';
import { targetOf, verdict } from './targets.mjs';

/** @typedef {import('./measure.mjs').Measured} Measured */
/** @typedef {ReadonlyMap<string, Measured>} All */
/** @typedef {import('./corpus/objects.mjs').Style} Style */
/** @typedef {{ readonly style: Style, readonly ingresses: number, readonly rounds: number }} Size */

/** A file of YAML may have 64 MiB, which large objects reach before 10,000 Ingresses. */
const SIZES = /** @type {readonly Size[]} */ ([
  { style: 'small', ingresses: 100, rounds: 9 },
  { style: 'small', ingresses: 1_000, rounds: 9 },
  { style: 'small', ingresses: 10_000, rounds: 3 },
  { style: 'large', ingresses: 1_000, rounds: 5 },
  { style: 'large', ingresses: 5_000, rounds: 3 },
]);
const QUICK_SIZES = /** @type {readonly Size[]} */ ([
  { style: 'small', ingresses: 100, rounds: 3 },
  { style: 'small', ingresses: 1_000, rounds: 3 },
  { style: 'large', ingresses: 1_000, rounds: 3 },
]);
const COMPARED = 1_000;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    before: { type: 'string' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '5' },
  },
});
const { before: earlier } = options;

const peak = (/** @type {Measured} */ { peakMiB }) => (peakMiB === 0 ? '' : `${peakMiB.toFixed(0)} MiB`);

/** A table of all programs, against P. */
function printCosts(
  /** @type {string} */ title,
  /** @type {All} */ all,
  /** @type {(row: string) => number | undefined} */ target,
) {
  const floor = resultOf(all, 'P');
  const hasBefore = [...all.keys()].some(name => name.startsWith(BEFORE));
  const gap = hasBefore ? [''] : [];
  head([title, 'CPU', 'of P', 'target', ...(hasBefore ? ['before'] : []), 'time', 'of P', 'peak']);
  row(['P', ms(costOf(floor, 'cpuMs')), '', '', ...gap, ms(costOf(floor, 'ms')), '', peak(floor)]);
  for (const [name, own] of all) {
    if (name === 'P' || name.startsWith(BEFORE)) continue;
    const then = all.get(`${BEFORE}${name}`);
    const old = then === undefined ? gap : [times(ratio(then, floor, 'cpuMs'))];
    const ofParse = ratio(own, floor, 'cpuMs');
    const cpu = [ms(costOf(own, 'cpuMs')), times(ofParse), verdict(ofParse, target(name)), ...old];
    row([name, ...cpu, ms(costOf(own, 'ms')), times(ratio(own, floor, 'ms')), peak(own)]);
  }
}

/** Everything about one cluster, printed when all of it is measured. */
function measureSize(/** @type {string} */ folder, /** @type {Size} */ { style, ingresses, rounds }) {
  const where = join(folder, `${style}-${ingresses}`);
  mkdirSync(where);
  const corpus = writeCorpus(where, ingresses, { style });
  const programs = programsOf(where, corpus, earlier);
  printCosts(`${ingresses} Ingresses, ${style} objects`, measureAll(programs, rounds), name =>
    targetOf(`${style} ${ingresses}`, name),
  );
  const again = programs['render again, nothing changed'];
  const sizes = sizesOf(corpus, join(where, 'again'), again?.words ?? []);
  const stages = stagesOf(corpus.yaml, join(where, 'out'), earlier);
  rmSync(where, { recursive: true });
  return { title: `${ingresses}, ${style}`, sizes, ...stages };
}

/** Render of a cluster in which each Ingress has five annotations, against the same cluster without them. */
function measureAnnotations(/** @type {string} */ folder, /** @type {number} */ rounds) {
  /** @type {Readonly<Record<string, import('./corpus.mjs').Variant>>} */
  const variants = { annotated: { annotations: FIVE_ANNOTATIONS, plain: 'with TLS' }, plain: { plain: 'with TLS' } };
  const [annotated, plain] = Object.entries(variants).map(([name, variant]) => {
    const where = join(folder, name);
    mkdirSync(where);
    return renderOf(writeCorpus(where, COMPARED, variant).yaml, join(where, 'out'));
  });
  if (annotated === undefined || plain === undefined) return;
  const costs = measureAll({ annotated, plain }, rounds);
  const [own, other] = [resultOf(costs, 'annotated'), resultOf(costs, 'plain')];
  head([`${COMPARED} Ingresses with five annotations each`, 'CPU', 'of the same without']);
  row(['render, YAML', ms(costOf(own, 'cpuMs')), times(ratio(own, other, 'cpuMs'))]);
}

/** What a check takes, against that of a program which asks for no more than the schemas. */
function measureKubeconform(/** @type {string} */ folder, /** @type {number} */ rounds) {
  const { yaml } = writeCorpus(folder, COMPARED);
  const other = kubeconform(yaml, join(folder, 'schemas'));
  head([`${COMPARED} Ingresses, small objects`, 'CPU', 'of kubeconform', 'time', 'of kubeconform']);
  if (other === undefined) return row(['there is no Go here, which builds kubeconform', '', '', '', '']);
  const render = renderOf(yaml, join(folder, 'out'));
  const programs = { kubeconform: other, 'lint, YAML': lintOf(yaml), 'render, YAML': render };
  const costs = measureAll(programs, rounds);
  const theirs = resultOf(costs, 'kubeconform');
  for (const [name, own] of costs) {
    const isOurs = own !== theirs;
    const cpu = [ms(costOf(own, 'cpuMs')), isOurs ? times(ratio(own, theirs, 'cpuMs')) : ''];
    row([name, ...cpu, ms(costOf(own, 'ms')), isOurs ? times(ratio(own, theirs, 'ms')) : '']);
  }
}

/** The same for a file of any kind, and its stages. */
function measureFile(/** @type {string} */ folder, /** @type {string} */ file) {
  const out = join(folder, 'out');
  /** @type {Record<string, import('./measure.mjs').Program>} */
  const programs = { P: floorOf(file), render: renderOf(file, out), lint: lintOf(file) };
  if (earlier !== undefined) programs[`${BEFORE}render`] = renderOf(file, out, earlier);
  printCosts(
    `${basename(file)}, ${kilobytes(statSync(file).size)}`,
    measureAll(programs, Number(options.rounds)),
    () => undefined,
  );
  printStages([{ title: basename(file), ...stagesOf(file, out, earlier) }]);
}

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-bench-'));
try {
  if (options.file === undefined) {
    const sizes = options.quick ? QUICK_SIZES : SIZES;
    const measured = sizes.map(size => measureSize(folder, size));
    printSizes(measured);
    printStages(measured);
    measureKubeconform(folder, options.quick ? 3 : 7);
    measureAnnotations(folder, options.quick ? 3 : 7);
  } else {
    measureFile(folder, options.file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
