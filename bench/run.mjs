// @ts-check
// All measurements, one after the other: `npm run bench -- [--quick] [--only NAME] [--before CLONE] [--write]`. `--write`
// puts the tables into docs/performance.md; what else is said to it goes to a measurement of that name.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
const PAGE = new URL('../docs/performance.md', import.meta.url);

/** @typedef {{ readonly usual: readonly string[], readonly quick: readonly string[], readonly comparesStates?: true }} Words */

/**
 * Each a file here by itself, which prints tables; with its words, usually and with `--quick`.
 * @type {Readonly<Record<string, Words>>}
 */
const MEASUREMENTS = {
  start: { usual: [], quick: ['--rounds', '5'], comparesStates: true },
  render: { usual: [], quick: ['--quick'], comparesStates: true },
  answers: { usual: [], quick: ['--quick'] },
  again: { usual: ['5'], quick: ['3'] },
  load: { usual: [], quick: ['--quick'] },
  traffic: { usual: [], quick: ['--quick'] },
  growth: {
    usual: ['--once-quadratic', '--size', '500'],
    quick: ['--once-quadratic', '--size', '200', '--rounds', '1'],
  },
};

/** Runs a measurement and shows what it prints; gives that. */
async function measure(/** @type {string} */ name, /** @type {readonly string[]} */ words) {
  const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', part => {
    text += part;
    process.stdout.write(part);
  });
  const status = await new Promise(resolve => void child.once('close', resolve));
  if (status !== 0) throw new Error(`bench/${name}.mjs ended with ${String(status)}`);
  return text.trim();
}

function describeMachine() {
  const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const nginx = /nginx\/([\d.]+)/u.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr)?.[1] ?? 'none';
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  return `${date}, Node ${process.versions.node}, nginx ${nginx}, ${cores}, load average ${loadavg()[0]?.toFixed(1)} at the start.`;
}

/** The page with the tables of a measurement between its marks. */
function withTables(/** @type {string} */ page, /** @type {string} */ name, /** @type {string} */ tables) {
  const [begin, end] = [`<!-- measured: ${name} -->`, `<!-- end: ${name} -->`];
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`docs/performance.md has no place for ${name}`);
  return `${page.slice(0, start + begin.length)}\n\n${tables}\n\n${page.slice(stop)}`;
}

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    only: { type: 'string' },
    before: { type: 'string' },
    file: { type: 'string' },
  },
});
const before = options.before === undefined ? [] : ['--before', options.before];
const write = (/** @type {string} */ name, /** @type {string} */ text) => {
  if (options.write) writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), name, text));
};
const machine = describeMachine();
console.log(machine);
if (options.file === undefined) {
  const names = Object.keys(MEASUREMENTS).filter(name => (options.only ?? name) === name);
  if (names.length > 1) write('machine', machine);
  for (const name of names) {
    const start = performance.now();
    const { usual = [], quick = [], comparesStates = false } = MEASUREMENTS[name] ?? {};
    const tables = await measure(name, [...(options.quick ? quick : usual), ...(comparesStates ? before : [])]);
    write(name, tables);
    console.error(`(${name}: ${((performance.now() - start) / 1_000).toFixed(0)} s)`);
  }
} else {
  await measure('render', ['--file', options.file, ...before]);
}
