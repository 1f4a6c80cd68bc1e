// @ts-check
// What starting takes, against a Node that does nothing: `node bench/start.mjs [--rounds 15] [--before CLONE]`.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { writeCorpus } from './corpus.mjs';
import { costOf, measureAll, ratio, resultOf } from './measure.mjs';
import { head, ms, row, times } from './tables.mjs';
import { START, verdict } from './targets.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, before: { type: 'string' } },
});
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-bench-'));
try {
  const small = writeCorpus(folder, 1);
  const { before } = options;
  const wanted = [
    { name: '`--version`', words: ['--version'], target: START['`--version`'] },
    { name: '`--help`', words: ['--help'], target: START['`--help`'] },
    { name: `\`lint\` of one file, ${small.objects} objects`, words: ['lint', small.yaml], target: START.lint },
    {
      name: `\`render\` of one file, ${small.objects} objects`,
      words: ['render', '--quiet', small.yaml],
      target: START.render,
    },
  ];
  head(['start-up', 'CPU', 'of `node -e ""`', 'target', ...(before === undefined ? [] : ['before']), 'time', 'of it']);
  for (const { name, words, target } of wanted) {
    const of = (/** @type {string} */ tree) => ({ words: [join(tree, 'bin/ingress2nginx.js'), ...words] });
    // An earlier state may lack the command.
    const isThere = before !== undefined && (words[0] !== 'lint' || existsSync(join(before, 'src/cli/lint.ts')));
    const earlier = isThere ? { before: of(before) } : {};
    /** @type {Record<string, import('./measure.mjs').Program>} */
    const programs = { nothing: { words: ['-e', ''] }, own: of(ROOT), ...earlier };
    const measured = measureAll(programs, Number(options.rounds));
    const [nothing, own, then] = [resultOf(measured, 'nothing'), resultOf(measured, 'own'), measured.get('before')];
    const ofNothing = ratio(own, nothing, 'cpuMs');
    const old = before === undefined ? [] : [then === undefined ? '' : times(ratio(then, nothing, 'cpuMs'))];
    const cpu = [ms(costOf(own, 'cpuMs')), times(ofNothing), verdict(ofNothing, target), ...old];
    row([name, ...cpu, ms(costOf(own, 'ms')), times(ratio(own, nothing, 'ms'))]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
