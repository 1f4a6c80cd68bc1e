// @ts-check
// How the time grows with the input: `npm run bench:growth`. Each shape in two sizes, the second four times the first;
// what is linear takes four times as long, what is quadratic sixteen times.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { importBundled } from '../scripts/import-bundled.mjs';
import { growthOf } from './growth/growth-of.mjs';
import { SHAPES, wasQuadratic } from './growth/shapes.mjs';
import { head, ms, row } from './tables.mjs';

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'once-quadratic': { type: 'boolean', default: false },
  },
});

async function loadStages() {
  /** @type {typeof import('./growth/stages.mjs')} */
  const stages = await importBundled(fileURLToPath(new URL('growth/stages.mjs', import.meta.url)));
  return stages;
}

const { runStages } = await loadStages();
const size = Number(options.size);
const rounds = Number(options.rounds);
head(['shape', String(size), String(4 * size), 'growth', 'most in']);
for (const [name, text] of SHAPES) {
  if (!name.includes(options.only) || (options['once-quadratic'] && !wasQuadratic(name))) continue;
  const { few, more, growth, stage } = growthOf(runStages, { text, size, rounds });
  row([name, ms(few), ms(more), Number.isFinite(growth) ? `${growth.toFixed(1)}x` : '', stage]);
}
