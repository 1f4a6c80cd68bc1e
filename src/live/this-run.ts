import type { RunIdentity } from '../output/staging.ts';

/** This process, for those who write beside others. */
export const THIS_RUN: RunIdentity = {
  pid: process.pid,
  isAlive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
  now: Date.now,
};
