// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ruleAddition } from './new/rule.mjs';
import { findPrograms, run } from './run.mjs';

/** @typedef {import('./new/addition.mjs').Addition} Addition */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `usage: npm run new -- rule NAME [STAGE]

  rule     a rule of a stage (a folder of src/; lint if none is named), its examples, and its line in the list of rules`;

/** @type {Readonly<Record<string, (words: readonly string[]) => Promise<Addition>>>} */
const KINDS = { rule: ([name = '', stage = 'lint']) => ruleAddition(name, stage) };

async function main(/** @type {readonly string[]} */ [kind = '', ...words]) {
  const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (make === undefined || words.length === 0 || words.length > 2) return refuse(USAGE);
  const addition = await make(words);
  if ('problem' in addition) return refuse(addition.problem);
  const taken = Object.keys(addition.files).find(path => existsSync(join(ROOT, path)));
  if (taken !== undefined) return refuse(`${taken} is there already`);
  await write(addition);
  findPrograms();
  const paths = [...Object.keys(addition.files), ...Object.keys(addition.changes)];
  const tidy = [
    ['oxfmt', ...paths.filter(path => path.endsWith('.ts'))],
    ['node', 'scripts/build.mjs'],
    ['node', 'scripts/docs.mjs'],
  ];
  for (const command of tidy) {
    if (run(command) !== 0) process.exitCode = 1;
  }
  console.log([...paths.map(path => `  ${path}`), '', ...addition.next].join('\n'));
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
