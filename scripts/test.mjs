// @ts-check
import { NOTHING_RAN, findPrograms, finish, run, runTests } from './run.mjs';
import { installWhatTestsNeed } from './test-needs.mjs';

/** In this order, since the types of generated/ come from the build. All run, whatever fails. */
const CHECKS = [
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '-c', 'oxlint.config.mjs', '--deny-warnings'] },
  { name: 'types', command: ['tsc'] },
  { name: 'types of the page', command: ['tsc', '-p', 'src/page'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'unused code that ships', command: ['knip', '--production', '--include', 'files,dependencies'] },
  { name: 'package', command: ['node', 'scripts/check-package.mjs'] },
];

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

function main() {
  findPrograms();
  if (process.env['CI'] && process.env['UPDATE_GOLDEN']) {
    finish(
      NOTHING_RAN,
      'UPDATE_GOLDEN is refused when CI is set: expectations are rewritten, and looked at, by people',
    );
    return;
  }
  const missing = installWhatTestsNeed();
  if (missing !== undefined) {
    finish(NOTHING_RAN, missing);
    return;
  }
  const checksFailed = runChecks();
  const { passed, failed } = runTests();
  finish({ passed, failed: failed + checksFailed });
}

main();
