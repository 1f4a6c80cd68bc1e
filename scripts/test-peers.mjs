// @ts-check
// What other programs say of our output; they are installed where they are not in the cache yet.
import { installGixy } from './gixy.mjs';
import { NOTHING_RAN, findPrograms, finish, runTests } from './run.mjs';
import { installSarifSchema } from './sarif-schema.mjs';
import { PEERS_NEED, installWhatTestsNeed } from './test-needs.mjs';

findPrograms();
const missing = installWhatTestsNeed(PEERS_NEED) ?? installGixy() ?? installSarifSchema();
if (missing === undefined) finish(runTests(['-c', 'vitest.peers.config.ts']));
else finish(NOTHING_RAN, missing);
