import { openJournal } from './engine.ts';
import { familyOf, findMaster, placeIn } from './nginx-processes.ts';
import { openRecords, recordedAt, releasesIn } from './releases.ts';
import { findStateFolder } from './state-folder.ts';

/** What a release is to the folder that it lies in. */
export type ReleaseState =
  /** It is current, and nginx serves it. */
  | 'served'
  /** nginx would be started with it. */
  | 'current'
  /** The one that a rollback goes to unless another is named. */
  | 'previous'
  | 'earlier'
  /** Somebody rolled back from it. */
  | 'withdrawn';

export interface ListedRelease {
  readonly id: string;
  /** Milliseconds since 1970: when it was written. */
  readonly createdAt: number;
  /** Undefined where its record is lost. */
  readonly routes: number | undefined;
  readonly state: ReleaseState;
}

/**
 * The releases that can be served, newest first; undefined when nothing was ever applied there. Takes no lock, and
 * changes nothing. Throws as the file system does.
 * @param folder Absolute.
 */
export function listReleases(folder: string): readonly ListedRelease[] | undefined {
  const state = findStateFolder(folder);
  if (state === undefined) return undefined;
  const { pidFile, active, earlier, withdrawn } = openJournal(state, undefined).read();
  const records = openRecords(state);
  const there = releasesIn(state);
  const previous = earlier.findLast(release => there.includes(release));
  const stateOf = (release: string): ReleaseState | undefined => {
    if (release === active) return isServed(state.root, pidFile) ? 'served' : 'current';
    if (release === previous) return 'previous';
    if (earlier.includes(release)) return 'earlier';
    // What is in none of the lists is about to be served, or to be swept away.
    return withdrawn.includes(release) ? 'withdrawn' : undefined;
  };
  return there.toReversed().flatMap(id => {
    const is = stateOf(id);
    return is === undefined
      ? []
      : [{ id, createdAt: recordedAt(state, id), routes: records(id)?.routes.length, state: is }];
  });
}

function isServed(root: string, pidFile: string): boolean {
  const master = findMaster(placeIn(root, pidFile));
  return master !== undefined && familyOf(master).workers.some(({ isShuttingDown }) => !isShuttingDown);
}
