// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { familyAddition } from './new/family.mjs';
import { ruleAddition } from './new/rule.mjs';
import { findPrograms, run } from './run.mjs';

/** @typedef {import('./new/addition.mjs').Addition} Addition */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `usage: npm run new -- family NAME [ANNOTATION...]
       npm run new -- rule NAME [STAGE]

  family   a family of annotations (of one that is called NAME, if none is named) for locations, its tests, and its line
           in each of the lists
  rule     a rule of a stage (a folder of src/; lint if none is named), its examples, and its line in the list of rules`;

/** @type {Readonly<Record<string, { readonly words: number, readonly make: (...words: string[]) => Promise<Addition> }>>} */
const KINDS = {
  family: { words: Infinity, make: (name = '', ...annotations) => familyAddition(name, annotations) },
  rule: { words: 2, make: (name = '', stage = 'lint') => ruleAddition(name, stage) },
};

async function main(/** @type {readonly string[]} */ [kind = '', ...words]) {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (known === undefined || words.length === 0 || words.length > known.words) return refuse(USAGE);
  const addition = await known.make(...words);
  if ('problem' in addition) return refuse(addition.problem);
  const taken = Object.keys(addition.files).find(path => existsSync(join(ROOT, path)));
  if (taken !== undefined) return refuse(`${taken} is there already`);
  await write(addition);
  const paths = [...Object.keys(addition.files), ...Object.keys(addition.changes)];
  tidy(paths);
  console.log([...paths.map(path => `  ${path}`), '', ...addition.next].join('\n'));
}

/** Formats what was written, and makes what is generated of it: templates, docs, and the expectations of new folders. */
function tidy(/** @type {readonly string[]} */ paths) {
  findPrograms();
  // They are new: nobody has looked at them before, in CI or elsewhere.
  delete process.env['CI'];
  process.env['UPDATE_GOLDEN'] = '1';
  const golden = paths.map(
    path => /^fixtures\/golden\/(?<folder>.*)\/input\.yaml$/.exec(path)?.groups?.['folder'] ?? '',
  );
  const commands = [
    ['oxfmt', ...paths.filter(path => path.endsWith('.ts'))],
    ['node', 'scripts/build.mjs'],
    ['node', 'scripts/docs.mjs'],
    ...golden.filter(Boolean).map(folder => ['vitest', 'run', 'test/golden.test.ts', '-t', `${folder}' is rendered`]),
  ];
  for (const command of commands) {
    if (run(command) !== 0) process.exitCode = 1;
  }
}

function refuse(/** @type {string} */ problem) {
  console.error(problem);
  process.exitCode = 2;
}

/** Reads all that is changed before anything is written. */
async function write(/** @type {Exclude<Addition, { problem: string }>} */ { files, changes }) {
  const changed = await Promise.all(
    Object.entries(changes).map(async ([path, change]) => [path, change(await readFile(join(ROOT, path), 'utf8'))]),
  );
  for (const [path = '', text = ''] of [...Object.entries(files), ...changed]) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
}

await main(process.argv.slice(2));
