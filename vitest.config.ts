import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Beginnings of paths. What takes longest begins first: begun last, it would be waited for by itself. */
const FIRST = [
  'test/live/apply/killed',
  'test/live/watch-soak',
  'test/live/load',
  'test/live/apply/apply',
  'test/live/',
  'test/page/',
  'test/cli/',
  'test/differential/',
  'test/property/',
  'test/repo/commands',
  'test/repo/new',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId, project }: TestSpecification): number => {
      const path = moduleId.slice(project.config.root.length + 1);
      const place = FIRST.findIndex(beginning => path.startsWith(beginning));
      return place === -1 ? FIRST.length : place;
    };
    return files.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These have commands of their own, see vitest.cluster.config.ts and vitest.peers.config.ts.
    exclude: [...configDefaults.exclude, 'test/cluster/**', 'test/peers/**'],
    // For what hangs. What a test waits for has PATIENCE_MS of test/support/until.ts, which says more when it is over.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    // A test that is left to run alone by mistake must not hide the others.
    allowOnly: false,
    // To read and evaluate the modules again for each file took a fifth of the whole time; no test changes them.
    isolate: false,
    // Most of the time they wait: for nginx, for a process, for a file to change.
    maxWorkers: Math.max(4, availableParallelism()),
    sequence: { sequencer: LongestFirst },
  },
});
