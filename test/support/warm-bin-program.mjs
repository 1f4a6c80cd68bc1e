// @ts-check
import { Readable } from 'node:stream';

/**
 * Runs the built program again and again in this process: each message is a command line and a folder, each answer what
 * a process of its own would have said. The first word is where the program lies.
 */
const { main } = await import(process.argv[2] ?? '');

/** @type {Record<'stdout' | 'stderr', string>} */
const said = { stdout: '', stderr: '' };
for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
  process[name].setMaxListeners(0);
  process[name].write = (/** @type {unknown[]} */ ...[chunk, ...rest]) => {
    said[name] += String(chunk);
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
}

/** @typedef {{ readonly words: readonly string[], readonly stdin: string, readonly cwd: string }} Job */

async function run(/** @type {Job} */ { words, stdin, cwd }) {
  [said.stdout, said.stderr, process.exitCode] = ['', '', 0];
  Object.defineProperty(process, 'stdin', { value: Readable.from([stdin]), configurable: true });
  process.chdir(cwd);
  await main(words);
  process.send?.({ ...said, code: process.exitCode });
}

process.on('message', (/** @type {Job} */ job) => void run(job));
