// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Debian keeps nginx where only root looks. */
const PATH = [join(ROOT, 'node_modules', '.bin'), process.env['PATH'], '/usr/sbin'].join(delimiter);

/** Makes nginx and the tools of node_modules known to all that is started from here. */
export function findPrograms() {
  process.env['PATH'] = PATH;
}

/**
 * Runs a program of the project and gives its exit code; its output is shown when it fails, or always if `live`.
 * @param {readonly string[]} command
 */
export function run([program = '', ...words], live = false) {
  const { status, error, stdout, stderr } = spawnSync(program, words, {
    cwd: ROOT,
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) console.error(error.message);
  if (status !== 0 && !live) process.stderr.write([stdout, stderr].join(''));
  return status ?? 1;
}

/**
 * Runs vitest and counts the tests. A file that cannot even be loaded, or an error outside of any test, counts as one
 * failed.
 */
export function runTests(/** @type {readonly string[]} */ words = []) {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const status = run(['vitest', 'run', ...words, ...reporters], true);
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const unloaded = testResults.filter(
      (/** @type {{ status: string, assertionResults: readonly { status: string }[] }} */ file) =>
        file.status === 'failed' && file.assertionResults.every(result => result.status !== 'failed'),
    );
    const failed = numFailedTests + unloaded.length;
    return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
  } catch (error) {
    console.error('the report of the tests cannot be read:', error);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Prints the last line, and sets the exit code.
 * @param {{ readonly passed: number, readonly failed: number }} counts
 * @param {string} [problem] why there are no counts
 */
export function finish({ passed, failed }, problem) {
  if (problem !== undefined) console.error(problem);
  if (failed > 0 || passed === 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
}

/** What is printed when nothing could be run. */
export const NOTHING_RAN = { passed: 0, failed: 1 };
