import { expect, test } from 'vitest';

import { outcomeLine } from '../../../src/cli/outcome.ts';
import type { OutcomeReport } from '../../../src/jobs/outcome.ts';

const SERVED = { release: '3-0a1b2c3d', routes: 2, address: undefined };
const rolledBack = (restored: string | undefined, pid?: number): OutcomeReport['outcome'] => ({
  kind: 'rolled-back',
  problem: 'another program listens on port 80',
  stderr: '',
  restored,
  pid,
});

test.each<{ name: string; report: OutcomeReport; line: string }>([
  {
    name: 'a release is served again',
    report: { outcome: rolledBack('3-0a1b2c3d'), served: SERVED },
    line: 'nothing was applied; rolled back to release 3-0a1b2c3d',
  },
  {
    name: 'the current release cannot be served either',
    report: { outcome: rolledBack(undefined), served: SERVED },
    line: 'nothing was applied; rollback to release 3-0a1b2c3d failed, and nginx is not running',
  },
  {
    name: 'nobody has seen the current release serve again',
    report: { outcome: rolledBack(undefined, 77), served: SERVED },
    line: 'nothing was applied; rollback to release 3-0a1b2c3d failed, and nginx 77 keeps the configuration that it loaded last',
  },
  {
    name: 'there was no release before',
    report: { outcome: rolledBack(undefined), served: undefined },
    line: 'nothing was applied; there is no previous release to roll back to, and nginx is not running',
  },
])('says that $name', ({ report, line }) => {
  expect(outcomeLine(report)).toBe(line);
});
