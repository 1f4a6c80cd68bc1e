import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createTwoFilesPatch } from 'diff';

import { diffRoutings } from '../answers/diff/diff.ts';
import type { PlacedChange } from '../answers/diff/placed.ts';
import type { RoutesDiff } from '../answers/diff.ts';
import { diffRoutes } from '../answers/diff.ts';
import { routesOf } from '../answers/routes.ts';
import type { ServingStatus } from '../live/apply/status.ts';
import type { FileSet, OutputFile } from '../nginx/file-set.ts';
import { confOf } from '../nginx/file-set.ts';
import { MANIFEST_PATH, readManifest } from '../output/manifest.ts';
import { keptRouting } from './kept-routing.ts';
import type { Loaded } from './loaded.ts';
import { placeChanges } from './placed-diff.ts';

/** What an apply would change. */
export interface Difference {
  /** The current one; undefined before the first. */
  readonly release: string | undefined;
  /** Of the nginx that runs. */
  readonly pid: number | undefined;
  readonly would: 'start' | 'reload' | 'nothing';
  /** Of nginx.conf, unified; empty when it is the same, undefined when it is too long to be of use. */
  readonly patch: string | undefined;
  readonly files: readonly FileChange[];
  readonly routes: RoutesDiff;
  /** What clients would get differently, as `diff` says it; undefined where the release keeps no routing. */
  readonly changes: readonly PlacedChange[] | undefined;
}

export interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Its content is never shown. */
  readonly isSecret: boolean;
}

/** The file that the patch is of. */
export const CONF = 'nginx.conf';
/** Beyond, a person reads the new file instead. */
const LONGEST_DIFFERENCE_MS = 3_000;
const SECRET_FOLDER = /^(?:auth|certs)\//;

/**
 * How what would be served differs from what is.
 *
 * @param found undefined where nothing was ever applied
 */
export function differenceOf(
  found: ServingStatus | undefined,
  files: FileSet,
  { routing, locate }: Pick<Loaded, 'routing' | 'locate'>,
): Difference {
  const current = found?.release;
  const changes = diffFiles(current?.folder, files);
  const isRunning = (found?.nginx?.workers ?? 0) > 0;
  return {
    release: current?.id,
    pid: found?.nginx?.pid,
    would: !isRunning ? 'start' : changes.files.length === 0 ? 'nothing' : 'reload',
    ...changes,
    routes: diffRoutes(current?.routes ?? [], routesOf(routing)),
    changes: current && changesSince(current.folder, { routing, locate }),
  };
}

function changesSince(
  folder: string,
  { routing, locate }: Pick<Loaded, 'routing' | 'locate'>,
): readonly PlacedChange[] | undefined {
  const before = keptRouting(folder);
  return before && placeChanges(diffRoutings(before, routing), { old: () => undefined, new: locate });
}

/** How the files of a release differ from those that would be applied. `folder` undefined: there is no release. */
function diffFiles(folder: string | undefined, { files, folders }: FileSet): Pick<Difference, 'patch' | 'files'> {
  const earlier = folder === undefined ? [] : pathsIn(folder);
  const later = new Set(files.map(file => file.path));
  const changes = files.flatMap(file => changeOf(folder, earlier, file));
  const removed = earlier
    .filter(path => !later.has(path))
    .map((path): FileChange => ({ path, change: 'removed', isSecret: SECRET_FOLDER.test(path) }));
  const before = folder !== undefined && earlier.includes(CONF) ? readFileSync(join(folder, CONF), 'utf8') : '';
  return {
    files: [...changes, ...removed].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    patch: patchOf(before, confOf({ files, folders })),
  };
}

/** What was written, by its own list, and not taken away since. */
function pathsIn(folder: string): readonly string[] {
  const isThere = (path: string): boolean => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
  const text = isThere(MANIFEST_PATH) ? readFileSync(join(folder, MANIFEST_PATH), 'utf8') : '';
  return (readManifest(text)?.files ?? []).map(file => file.path).filter(isThere);
}

function changeOf(folder: string | undefined, earlier: readonly string[], file: OutputFile): readonly FileChange[] {
  const { path, isSecret, bytes } = file;
  if (folder === undefined || !earlier.includes(path)) return [{ path, change: 'added', isSecret }];
  return readFileSync(join(folder, path)).equals(bytes) ? [] : [{ path, change: 'changed', isSecret }];
}

function patchOf(before: string, after: string): string | undefined {
  if (before === after) return '';
  return createTwoFilesPatch(`current/${CONF}`, `new/${CONF}`, before, after, undefined, undefined, {
    timeout: LONGEST_DIFFERENCE_MS,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
