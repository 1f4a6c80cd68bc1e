// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';
import { YAMLException, parseEvents } from 'js-yaml';

import { makeText, randomFrom } from './texts.mjs';

/**
 * Has kubectl's decoder and ours read the same generated texts, and prints where they differ. Needs Go.
 *
 *     node scripts/go-yaml/compare.mjs [SEED] [COUNT] [--write]
 *
 * With --write, fixtures/go-yaml.json gets a choice of texts with kubectl's verdicts, for tests that need no Go.
 */
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const FIXTURE = fileURLToPath(new URL('../../fixtures/go-yaml.json', import.meta.url));
/** Of the texts that js-yaml alone refuses, and of all others. */
const KEPT = { loose: 160, plain: 40 };

/**
 * @typedef {{ readonly objects: readonly unknown[], readonly refused?: string }} Verdict
 * @typedef {{ readonly text: string, readonly theirs: Verdict, readonly ours: Verdict }} Row
 */

const [seed = '1', count = '20000'] = process.argv.slice(2).filter(word => !word.startsWith('-'));
const scratch = mkdtempSync(join(tmpdir(), 'go-yaml-'));
try {
  const random = randomFrom(Number(seed));
  const texts = [...new Set(Array.from({ length: Number(count) }, () => makeText(random)))];
  const rows = await readAll(texts);
  print(rows);
  if (process.argv.includes('--write')) writeFileSync(FIXTURE, `${JSON.stringify(choose(rows), undefined, 1)}\n`);
} finally {
  rmSync(scratch, { recursive: true });
}

/** @returns {Promise<readonly Row[]>} */
async function readAll(/** @type {readonly string[]} */ texts) {
  const outfile = join(scratch, 'construct.mjs');
  const contents = `export { readPlainDocuments } from './test/support/plain-documents.ts';`;
  const stdin = {
    contents,
    resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    loader: /** @type {const} */ ('ts'),
  };
  await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' });
  const { readPlainDocuments } = await import(pathToFileURL(outfile).href);
  const program = join(scratch, 'verdicts');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: FOLDER, stdio: 'inherit' });
  const output = execFileSync(program, { input: JSON.stringify(texts), maxBuffer: 2 ** 30 });
  /** @type {readonly Verdict[]} */
  const verdicts = JSON.parse(output.toString());
  return texts.map((text, index) => ({
    text,
    theirs: verdicts[index] ?? { objects: [] },
    ours: readPlainDocuments(text),
  }));
}

/** Which rows belong to which of four groups; undefined where both agree. */
function differenceOf(/** @type {Row} */ { theirs, ours }) {
  if (theirs.refused !== undefined) return ours.refused === undefined ? 'only we read it' : undefined;
  if (ours.refused !== undefined) return `only kubectl reads it (${ours.refused})`;
  return sorted(theirs.objects) === sorted(ours.objects) ? undefined : 'read differently';
}

function sorted(/** @type {unknown} */ value) {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function print(/** @type {readonly Row[]} */ rows) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const name = differenceOf(row) ?? (row.theirs.refused === undefined ? 'both read it' : 'both refuse it');
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  for (const [name, members] of [...groups].toSorted((a, b) => b[1].length - a[1].length)) {
    console.log(`${members.length}  ${name}`);
    if (name.startsWith('both')) continue;
    const shortest = members.toSorted((a, b) => a.text.length - b.text.length).slice(0, 3);
    for (const { text } of shortest) console.log(`      ${JSON.stringify(text)}`);
  }
}

/** The shortest texts that js-yaml alone refuses and kubectl reads, then some that both read. */
function choose(/** @type {readonly Row[]} */ rows) {
  const read = rows.filter(row => row.theirs.refused === undefined && differenceOf(row) === undefined);
  const byLength = read.toSorted((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  const loose = byLength.filter(({ text }) => !isStrict(text)).slice(0, KEPT.loose);
  const plain = byLength.filter(({ text }) => isStrict(text)).slice(-KEPT.plain);
  return [...loose, ...plain].map(({ text, theirs }) => ({ text, objects: theirs.objects }));
}

function isStrict(/** @type {string} */ text) {
  try {
    parseEvents(text, {});
    return true;
  } catch (error) {
    if (error instanceof YAMLException) return false;
    throw error;
  }
}
