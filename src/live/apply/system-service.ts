import { spawnSync } from 'node:child_process';

import { findProgram } from '../program.ts';
import { runProgram } from '../run-program.ts';
import type { ProgramEnd } from '../run-program.ts';

/** The unit `nginx` of systemd, which starts and reloads the nginx of the system. */
export interface SystemService {
  /** Whether the nginx that runs is the unit's, and not one that somebody started beside it. */
  readonly isActive: () => boolean;
  readonly start: (timeoutMs: number) => Promise<ProgramEnd>;
  readonly reload: (timeoutMs: number) => Promise<ProgramEnd>;
}

const UNIT = 'nginx';

/** Undefined where systemd does not run, or knows no such unit. */
export function findService(): SystemService | undefined {
  const program = findProgram({ wanted: 'systemctl' });
  if (program === undefined) return undefined;
  const ask = (...words: string[]) => spawnSync(program, words, { encoding: 'utf8' });
  if (ask('show', '--property=LoadState', UNIT).stdout.trim() !== 'LoadState=loaded') return undefined;
  const run = (word: string, timeoutMs: number): Promise<ProgramEnd> =>
    runProgram({ program, words: [word, UNIT], cwd: '/', timeoutMs });
  return {
    isActive: () => ask('is-active', '--quiet', UNIT).status === 0,
    start: timeoutMs => run('start', timeoutMs),
    reload: timeoutMs => run('reload', timeoutMs),
  };
}
