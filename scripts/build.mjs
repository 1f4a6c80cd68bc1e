// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { buildPage } from './build-page.mjs';
import { buildSchemas } from './build-schemas.mjs';
import { buildTemplates } from './build-templates.mjs';
import { earlyImports } from './early-imports.mjs';
import { REQUIRE_BANNER } from './import-bundled.mjs';
import { lazyModules } from './lazy-modules.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'src/cli/main.ts';
const DIST = join(ROOT, 'dist');
/** What begins to load the others, written after them. */
const ENTRIES = ['main.js', 'launch.cjs'];

/** Schemas, templates and the page of reports first, into generated/, since the bundle imports them; then the bundle, into dist/. */
async function buildAll() {
  await buildSchemas();
  await buildTemplates(ROOT);
  await buildPage(ROOT);
  if (!existsSync(join(ROOT, ENTRY))) return console.error(`build: no ${ENTRY} yet, dist/ is left as it is`);
  const results = await Promise.all([modules(), oneFile('often'), oneFile('help'), launcher()]);
  const outputs = results.flatMap(({ outputFiles }) => outputFiles);
  const files = new Map(outputs.map(file => [relative(DIST, file.path), file.text]));
  files.set(APART, await readFile(join(ROOT, 'generated', APART), 'utf8'));
  files.set('THIRD-PARTY.txt', await licences(results.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
  await writeDist(files);
}

/** Dependencies are bundled: what is installed is bin/ and dist/, and nothing of node_modules is read at run time. */
const OPTIONS = /** @type {const} */ ({
  absWorkingDir: ROOT,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  // src/cli/face.ts decides on colours: what chalk would find out of the terminal takes a millisecond, and nobody asks.
  alias: { '#supports-color': './node_modules/chalk/source/vendor/supports-color/browser.js' },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
});

/** Beside the bundles, which load it when it is needed. */
const APART = 'validators.cjs';

/** @type {import('esbuild').Plugin} */
const apart = {
  name: 'apart',
  setup: building =>
    building.onResolve({ filter: /\/generated\/validators\.cjs$/ }, () => ({ path: `./${APART}`, external: true })),
};

/** All of the program: one entry, and a chunk for whatever a command imports when it runs. */
function modules() {
  return build({
    ...OPTIONS,
    entryPoints: { main: ENTRY },
    splitting: true,
    format: 'esm',
    chunkNames: '[name]-[hash]',
    banner: { js: REQUIRE_BANNER },
    plugins: [apart],
  });
}

/** What starts from one file, with what must be in it. */
const ONE_FILE = {
  /** Also everything that these commands import when they run, but for watching, and what others do. */
  often: { entry: 'src/cli/often.ts', leftOut: /\/(?:watch-\w+|apply|dry-run|hosts)\.ts$/ },
  /** The declarations of all commands without what these import when they run. */
  help: { entry: ENTRY, leftOut: /./ },
};

/** For CommonJS, which `require` and src/cli/launch.ts read. */
const COMMON_JS = /** @type {const} */ ({ ...OPTIONS, format: 'cjs', outExtension: { '.js': '.cjs' } });

/** What bin/ loads first. */
function launcher() {
  return build({ ...COMMON_JS, entryPoints: { launch: 'src/cli/launch.ts' }, plugins: [lazyModules] });
}

/** A part of the program, in one file. It is not asked for what is left out: see src/cli/bundle-for.ts. */
function oneFile(/** @type {keyof typeof ONE_FILE} */ name) {
  const { entry, leftOut } = ONE_FILE[name];
  return build({
    ...COMMON_JS,
    entryPoints: { [name]: entry },
    define: { 'import.meta.url': '__url' },
    // What `require` would put around it: V8 takes the text as it was read, without a copy.
    banner: {
      js: `(function(module,require,__filename){const __url=require('node:url').pathToFileURL(__filename).href;`,
    },
    footer: { js: 'return module.exports})' },
    plugins: [apart, lazyModules, earlyImports(leftOut)],
  });
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
 * Writes what differs, the entries last, and then removes what is left of an earlier build: a process that runs the old
 * bundle meanwhile goes on undisturbed as long as it can.
 */
async function writeDist(/** @type {Map<string, string>} */ files) {
  const names = [...files.keys()].toSorted((a, b) => ENTRIES.indexOf(a) - ENTRIES.indexOf(b));
  for (const name of names) {
    const path = join(DIST, name);
    const text = files.get(name) ?? '';
    if (existsSync(path) && (await readFile(path, 'utf8')) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const stale = (await readdir(DIST)).filter(name => !files.has(name));
  await Promise.all(stale.map(name => rm(join(DIST, name), { recursive: true })));
}

try {
  await buildAll();
} catch (error) {
  // esbuild has said what is wrong with our sources; anything else is said here.
  if (!(error instanceof Error && 'errors' in error)) console.error(error);
  process.exitCode = 1;
}
