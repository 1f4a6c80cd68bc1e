// @ts-check
// The tests against a real kube-apiserver, which is built where it is not in the cache yet.
import { NOTHING_RAN, findPrograms, finish, run, runTests } from './run.mjs';
import { installWhatTestsNeed } from './test-needs.mjs';

function main() {
  findPrograms();
  const missing = installWhatTestsNeed();
  if (missing !== undefined) {
    finish(NOTHING_RAN, missing);
    return;
  }
  if (run(['scripts/kube-apiserver/build.sh'], true) !== 0) {
    finish(NOTHING_RAN, 'the tests of a cluster did not run: there is no kube-apiserver');
    return;
  }
  if (run(['node', 'scripts/build.mjs']) !== 0) {
    finish(NOTHING_RAN, 'the tests of a cluster did not run: the program cannot be built');
    return;
  }
  finish(runTests(['-c', 'vitest.cluster.config.ts']));
}

main();
