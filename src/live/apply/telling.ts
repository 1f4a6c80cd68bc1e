import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

import { isSystemError } from '../../output/disk.ts';
import type { Engine } from './engine.ts';
import { findRunning } from './nginx-processes.ts';
import { isProgramOf } from './processes.ts';
import { releaseFolder } from './releases.ts';

/**
 * Whether a reload tells what `nginx -t` would: the nginx that runs is the program that would test, and its log has
 * whatever it warns of. What it refuses it does not load, and serves on. To test first would take as long again.
 *
 * Only where one change follows the other, and only of our own: until nginx has spoken, `current` leads to what it may refuse. Whoever starts ours after a crash finds
 * in the journal that it must lead back; a system starts its nginx without asking.
 */
export function tellsByItself({ kind, isWatching, nginx: { setup }, state, journal }: Engine): boolean {
  const { active } = journal.read();
  const mayAsk = kind === 'own' && isWatching && active !== undefined;
  const master = mayAsk ? findRunning(setup.place) : undefined;
  if (master === undefined || active === undefined) return false;
  return isProgramOf(master.pid, setup.program) && logsWarnings(join(releaseFolder(state, active), 'nginx.conf'));
}

/** Such lines stand in front of all others. */
const HEAD_BYTES = 4096;
const LOGS_WARNINGS = /\berror_log "?logs\/[\w.-]+"? (?:debug|info|notice|warn);/;

/** Whether an nginx.conf of ours has a log that warnings go to. */
function logsWarnings(path: string): boolean {
  try {
    const handle = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      const [head = ''] = bytes.toString('latin1', 0, readSync(handle, bytes)).split('\nevents');
      return LOGS_WARNINGS.test(head);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
