// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { installWhatTestsNeed } from './test-needs.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Debian keeps nginx where only root looks. */
const PATH = [join(ROOT, 'node_modules', '.bin'), process.env['PATH'], '/usr/sbin'].join(delimiter);

/** In this order, since the types of generated/ come from the build. All run, whatever fails. */
const CHECKS = [
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '-c', 'oxlint.config.mjs', '--deny-warnings'] },
  { name: 'types', command: ['tsc'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'unused code that ships', command: ['knip', '--production', '--include', 'files,dependencies'] },
  { name: 'package', command: ['node', 'scripts/check-package.mjs'] },
];

/** Runs a program of the project and gives its exit code; its output is shown when it fails, or always if `live`. */
function run(/** @type {readonly string[]} */ [program = '', ...words], live = false) {
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

/** How many of the static checks failed. */
function runChecks() {
  let failed = 0;
  for (const { name, command } of CHECKS) {
    const start = performance.now();
    const ok = run(command) === 0;
    if (!ok) failed += 1;
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
  return failed;
}

/** Counts of the tests. A file that cannot even be loaded, or an error outside of any test, counts as one failed. */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-test-'));
  const report = join(folder, 'report.json');
  try {
    const status = run(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], true);
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

function main() {
  process.env['PATH'] = PATH;
  if (process.env['CI'] && process.env['UPDATE_GOLDEN']) {
    console.error('UPDATE_GOLDEN is refused when CI is set: expectations are rewritten, and looked at, by people');
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
    return;
  }
  const missing = installWhatTestsNeed();
  if (missing !== undefined) {
    console.error(missing);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
    return;
  }
  const checksFailed = runChecks();
  const { passed, failed } = runTests();
  if (failed + checksFailed > 0 || passed === 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed + checksFailed} failed`);
}

main();
