import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { isSystemError } from '../../output/disk.ts';
import type { PreparedFile } from '../atomic-file.ts';
import { emptyJournal, prepareJournal, readJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { OWN_PID_FILE } from './nginx-processes.ts';
import type { NginxPlace } from './nginx-processes.ts';
import { hasRelease, releasesIn, sweepReleases } from './releases.ts';
import type { Records } from './releases.ts';
import { socketsOn } from './listeners.ts';
import type { Listener } from './listeners.ts';
import type { ServedNginx } from './serving.ts';
import { linkedRelease } from './state-folder.ts';
import type { StateFolder } from './state-folder.ts';

/** What all that is done in one state folder has in common, while its lock is held. */
export interface Engine {
  readonly state: StateFolder;
  readonly kind: 'own' | 'system';
  readonly nginx: ServedNginx;
  readonly journal: JournalFile;
  readonly records: Records;
  readonly keepReleases: number;
  /** Whether one apply follows the other, so that nginx should not read more than it must. */
  readonly isWatching: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly note: (note: string) => void;
  readonly step: (step: string) => void;
}

/** The journal on the disk, known to nobody else while the lock is held. */
export interface JournalFile {
  read(): Journal;
  /** Throws as the file system does; then the old one stays. */
  write(journal: Journal): void;
  /** Lays a journal down that is put in place later, when there may be no room any more. */
  prepare(journal: Journal): PreparedFile;
}

/**
 * A journal that somebody spoilt is made again from the link: what nginx reads is known.
 * @param place Of the nginx that is served from there; undefined for what the journal says.
 */
export function openJournal(state: StateFolder, place: NginxPlace | undefined): JournalFile {
  let known = usable(state, readJournal(state.journal));
  if (place !== undefined) known = { ...known, pidFile: place.isPrefix ? OWN_PID_FILE : place.pidFile };
  const prepare = (journal: Journal, temporary?: string): PreparedFile => {
    const file = prepareJournal(state.journal, journal, temporary);
    return {
      drop: () => file.drop(),
      put() {
        file.put();
        known = journal;
      },
    };
  };
  return {
    read: () => known,
    write: journal => prepare(journal).put(),
    prepare: journal => prepare(journal, join(state.root, END_OF_SWITCH)),
  };
}

function usable(state: StateFolder, journal: Journal | undefined): Journal {
  const read = journal ?? remade(state);
  return read.active === undefined || hasRelease(state, read.active) ? read : { ...read, active: undefined };
}

/** What lies there is not thrown away: it may be wanted for a rollback. */
function remade(state: StateFolder): Journal {
  const empty = emptyJournal(OWN_PID_FILE);
  const active = linkedRelease(state);
  if (active === undefined) return empty;
  const releases = releasesIn(state);
  const place = releases.indexOf(active);
  return {
    ...empty,
    active,
    since: Math.floor(lstatSync(state.current).mtimeMs),
    earlier: place === -1 ? [] : releases.slice(0, place),
    withdrawn: place === -1 ? [] : releases.slice(place + 1),
  };
}

/**
 * Removes what a run that was killed left, and whatever else belongs to no release. What cannot be removed (a network
 * file system keeps what nginx has open) keeps nobody from serving, and is tried again the next time.
 */
export function sweep(engine: Engine): void {
  try {
    removeLeftovers(engine);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    engine.note(`files of earlier releases cannot be removed: ${error.message}`);
  }
}

function removeLeftovers({ state, journal, step }: Engine): void {
  const { active, earlier, withdrawn, pending } = journal.read();
  const wanted = [active, ...earlier, ...withdrawn, pending?.from, pending?.to].filter(name => name !== undefined);
  sweepReleases(state, new Set(wanted), step);
  for (const name of readdirSync(state.root)) {
    if (!name.startsWith(TEMPORARY)) continue;
    step(`remove ${name}`);
    rmSync(join(state.root, name), { force: true });
  }
}

/** Says for `status` what went wrong last. A disk that is full keeps nobody from going on. */
export function recordError({ journal, now, step }: Engine, problem: string): void {
  try {
    step('record the error');
    journal.write({ ...journal.read(), lastError: { at: now(), problem } });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** What a release listens on. */
export function socketsOf({ records }: Engine, release: string): readonly Listener[] {
  const record = records(release);
  return record === undefined ? [] : socketsOn(record.addresses, record.ports);
}

const TEMPORARY = '.new-';
const END_OF_SWITCH = `${TEMPORARY}end-of-switch`;
