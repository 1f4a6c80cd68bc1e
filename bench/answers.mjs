// @ts-check
// What it takes to ask the manifests of many Ingresses: `node bench/answers.mjs [--quick]`. One request is explained for
// less than a plain parse of the same file (P); all routes and a thousand routing tests cost little more than lint.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { writeCorpus } from './corpus.mjs';
import { costOf, measureAll, ratio, resultOf } from './measure.mjs';
import { askOf, floorOf, lintOf } from './render/programs.mjs';
import { head, ms, row, times } from './tables.mjs';
import { ANSWERS, verdict } from './targets.mjs';

const REQUESTS = 1_000;

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const [ingresses, rounds] = options.quick ? [1_000, 3] : [10_000, 5];

/** Tests of what the manifests do, evenly picked from all that `test --init` would write. */
function writeTests(/** @type {string} */ folder, /** @type {string} */ yaml) {
  const { words } = askOf('test', ['--init', yaml]);
  const { stdout, stderr } = spawnSync(process.execPath, [...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const tests = stdout
    .slice(stdout.indexOf('\ntests:\n') + '\ntests:\n'.length)
    .split(/^(?= {2}- name: )/mu)
    .filter(text => text.startsWith('  - name: '));
  if (tests.length < REQUESTS) throw new Error(`too few tests: ${stderr}`);
  const step = Math.floor(tests.length / REQUESTS);
  const path = join(folder, 'tests.yaml');
  const picked = tests.filter((_, index) => index % step === 0).slice(0, REQUESTS);
  writeFileSync(path, `tests:\n${picked.join('').replaceAll(/^ {2}#.*\n/gmu, '')}`);
  return path;
}

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-answers-'));
try {
  const { yaml } = writeCorpus(folder, ingresses);
  const host = /^ *- host: ["']?([a-z0-9.-]+)/mu.exec(readFileSync(yaml, 'utf8'))?.[1] ?? '';
  const measured = measureAll(
    {
      P: floorOf(yaml),
      lint: lintOf(yaml),
      'explain, one request': askOf('explain', [`https://${host}/`, yaml]),
      routes: askOf('routes', [yaml]),
      [`test, ${REQUESTS} requests`]: askOf('test', ['--input', yaml, writeTests(folder, yaml)]),
    },
    rounds,
  );
  head([`${ingresses} Ingresses, small objects`, 'CPU', 'of', '', 'target', 'time', '']);
  for (const [name, own] of measured) {
    const { of, most } = ANSWERS[name.replace(/,.*/u, '')] ?? { of: 'P', most: undefined };
    const base = resultOf(measured, of);
    const cpu = ratio(own, base, 'cpuMs');
    const against = name === 'P' ? ['', '', ''] : [of, times(cpu), verdict(cpu, most)];
    row([
      name,
      ms(costOf(own, 'cpuMs')),
      ...against,
      ms(costOf(own, 'ms')),
      name === 'P' ? '' : times(ratio(own, base, 'ms')),
    ]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
