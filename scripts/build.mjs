// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { buildSchemas } from './build-schemas.mjs';
import { buildTemplates } from './build-templates.mjs';
import { REQUIRE_BANNER } from './import-bundled.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'src/cli/main.ts';

/** Schemas and templates first, into generated/, since the bundle imports them; then the bundle, into dist/. */
async function buildAll() {
  await buildSchemas();
  await buildTemplates(ROOT);
  if (!existsSync(join(ROOT, ENTRY))) return console.error(`build: no ${ENTRY} yet, dist/ is left as it is`);
  await writeDist(await bundle());
}

/** Beside the bundle, which loads it when it is needed. */
const APART = 'validators.cjs';

/** @type {import('esbuild').Plugin} */
const apart = {
  name: 'apart',
  setup: building =>
    building.onResolve({ filter: /\/generated\/validators\.cjs$/ }, () => ({ path: `./${APART}`, external: true })),
};

/**
 * One entry, and a chunk for whatever a command imports when it runs. Dependencies are bundled: what is installed is
 * bin/ and dist/, and nothing of node_modules is read at run time.
 */
async function bundle() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: ENTRY },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: '[name]-[hash]',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
    banner: { js: REQUIRE_BANNER },
    plugins: [apart],
  });
  const files = new Map(outputFiles.map(file => [relative(join(ROOT, 'dist'), file.path), file.text]));
  files.set(APART, await readFile(join(ROOT, 'generated', APART), 'utf8'));
  files.set('THIRD-PARTY.txt', await licences(Object.keys(metafile.inputs)));
  return files;
}

/** Packages whose code is in generated/ already when the bundle is made. */
const IN_VALIDATORS = ['node_modules/ajv/', 'node_modules/fast-deep-equal/'];

/** The licences of the packages that ended up in the bundle, as they ask for. */
async function licences(/** @type {string[]} */ inputs) {
  const files = [...inputs, ...IN_VALIDATORS];
  // node_modules may be a link to another folder.
  const packages = new Set(files.flatMap(file => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const texts = [...packages].toSorted().map(async folder => {
    const names = await readdir(join(ROOT, folder));
    const file = names.toSorted().find(name => /^licen[cs]e/i.test(name));
    const { name, version, license } = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
    const text = file === undefined ? `Licence: ${license}` : await readFile(join(ROOT, folder, file), 'utf8');
    return `${name} ${version}\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(72)}\n\n`);
}

/**
 * Writes what differs, the entry last, and then removes what is left of an earlier build: a process that runs the old
 * bundle meanwhile goes on undisturbed as long as it can.
 */
async function writeDist(/** @type {Map<string, string>} */ files) {
  const dist = join(ROOT, 'dist');
  const names = [...files.keys()].toSorted((a, b) => Number(a === 'main.js') - Number(b === 'main.js'));
  for (const name of names) {
    const path = join(dist, name);
    const text = files.get(name) ?? '';
    if (existsSync(path) && (await readFile(path, 'utf8')) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const stale = (await readdir(dist)).filter(name => !files.has(name));
  await Promise.all(stale.map(name => rm(join(dist, name), { recursive: true })));
}

try {
  await buildAll();
} catch (error) {
  // esbuild has said what is wrong with our sources; anything else is said here.
  if (!(error instanceof Error && 'errors' in error)) console.error(error);
  process.exitCode = 1;
}
