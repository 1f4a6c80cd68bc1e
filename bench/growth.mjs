// @ts-check
// How the time grows with the input: `npm run bench:growth`. Each shape in two sizes, the second four times the first;
// what is linear takes four times as long, what is quadratic sixteen times.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

import { growthOf } from './growth/growth-of.mjs';
import { SHAPES } from './growth/shapes.mjs';

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});

/** The stages are TypeScript, which Node 20 does not run: they are bundled first. */
async function loadStages(/** @type {string} */ folder) {
  const outfile = join(folder, 'stages.mjs');
  const banner =
    "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";
  await build({
    entryPoints: [fileURLToPath(new URL('growth/stages.mjs', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
    banner: { js: banner },
  });
  /** @type {typeof import('./growth/stages.mjs')} */
  const stages = await import(pathToFileURL(outfile).href);
  return stages;
}

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-growth-'));
try {
  const { runStages } = await loadStages(folder);
  const size = Number(options.size);
  const rounds = Number(options.rounds);
  console.log(`| shape | ${size} | ${4 * size} | growth | most in |`);
  console.log('| --- | --- | --- | --- | --- |');
  for (const [name, text] of SHAPES) {
    if (!name.includes(options.only)) continue;
    const { few, more, growth, stage } = growthOf(runStages, { text, size, rounds });
    console.log(`| ${name} | ${few.toFixed(0)} ms | ${more.toFixed(0)} ms | ${growth.toFixed(1)}x | ${stage} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
