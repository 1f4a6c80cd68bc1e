import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';

import type { FSWatcher } from 'chokidar';

import { messageOf } from '../../diagnostics/failure.ts';
import { isManifestName } from '../../input/find-files.ts';
import { isGlob } from '../../input/glob.ts';

/** Where to look for changes of the files that a path of the command line stands for. */
interface Place {
  /** Absolute. */
  readonly path: string;
  /** The folder that holds it: a file that is saved by a rename, or comes back, is seen there. */
  readonly parent: string;
  /** Of a pattern: how many levels of folders below `path` it reaches into; undefined when it may be any. */
  readonly depth: number | undefined;
  readonly isPattern: boolean;
}

export interface FileWatch {
  /** Begins, or begins anew: after a path came back, what was watched under it is another one. */
  renew(): void;
  close(): Promise<void>;
}

export interface FileWatchOptions {
  readonly paths: readonly string[];
  /** Absolute; what happens in it is none of our business. */
  readonly ignored: string | undefined;
  /** Something happened. What, must be looked up: the system loses and repeats events. */
  readonly onEvent: () => void;
  /** Events no longer come, or not all of them. */
  readonly onTrouble: (problem: string) => void;
}

/** Kubernetes changes the files of a mounted ConfigMap by moving this link. */
const MOUNT_LINK = '..data';

/** Says when something happens to files; nothing before it is renewed for the first time. */
export function openFileWatch(options: FileWatchOptions): FileWatch {
  let latest: Promise<readonly FSWatcher[]> = Promise.resolve([]);
  const close = async (): Promise<void> => {
    for (const watcher of await latest) await watcher.close();
  };
  const renew = (): void => {
    const closed = close();
    latest = closed.then(() => watchAll(options, renew));
  };
  return { renew, close };
}

async function watchAll(options: FileWatchOptions, onOtherLink: () => void): Promise<readonly FSWatcher[]> {
  const { watch } = await import('chokidar');
  const { ignored, onEvent, onTrouble } = options;
  const places = options.paths.map(placeOf);
  const named = new Set(places.map(place => place.path));
  const usual = { ignoreInitial: true, ignorePermissionErrors: true } as const;
  const isLeftOut = (path: string): boolean =>
    !named.has(path) && ((ignored !== undefined && isWithin(path, ignored)) || isHidden(path));
  const existing = places.filter(({ path }) => existsSync(path));
  const plain = existing.filter(({ isPattern }) => !isPattern).map(({ path }) => path);
  const watchers = [
    watch(plain, {
      ...usual,
      ignored: (path, stats) =>
        isLeftOut(path) || (stats?.isFile() === true && !named.has(path) && !isManifestName(path)),
    }),
    ...existing
      .filter(({ isPattern }) => isPattern)
      .map(({ path, depth }) =>
        watch(path, { ...usual, ...(depth === undefined ? {} : { depth }), ignored: isLeftOut }),
      ),
  ];
  const seen = surroundings(places);
  const roots = new Set(existing.map(({ path }) => realOf(path)));
  const linkWatchers = [
    watch(seen.folders, { ...usual, depth: 0, followSymlinks: false, ignored: path => !seen.isOfInterest(path) }),
    // Links below the folders; who follows them does not see that they lead elsewhere.
    watch([...roots], {
      ...usual,
      followSymlinks: false,
      ignored: (path, stats) => !roots.has(path) && (stats?.isFile() === true || isLeftOut(path)),
    }),
  ];
  for (const watcher of linkWatchers)
    watcher.on('change', path => {
      if (isLink(path)) onOtherLink();
    });
  const all = [...watchers, ...linkWatchers];
  for (const watcher of all) listen(watcher, onEvent, onTrouble);
  return all;
}

/** What must be seen beside the places themselves: that they are replaced, come back, or lead elsewhere. */
function surroundings(places: readonly Place[]) {
  const parents = new Set(places.map(({ parent }) => parent).filter(existsSync));
  const links = new Set(places.flatMap(({ path }) => linksOn(path)));
  const folders = new Set([...[...parents].map(parent => realOf(parent)), ...[...links].map(link => dirname(link))]);
  const entries = new Set(
    places.filter(({ parent }) => parents.has(parent)).map(({ path, parent }) => join(realOf(parent), basename(path))),
  );
  return {
    folders: [...folders],
    isOfInterest: (path: string): boolean =>
      folders.has(path) || entries.has(path) || links.has(path) || path.endsWith(`${sep}${MOUNT_LINK}`),
  };
}

/** More of them in one path is a circle. */
const MOST_LINKS = 40;

/** The links that lead from a path to what it stands for, each by its own real place. */
function linksOn(path: string): readonly string[] {
  const links: string[] = [];
  let at: string = sep;
  const rest = path.split(sep);
  while (rest.length > 0 && links.length < MOST_LINKS) {
    const next = join(at, rest.shift() ?? '');
    const target = targetOf(next);
    if (target === undefined) at = next;
    else {
      links.push(next);
      if (isAbsolute(target)) at = sep;
      rest.unshift(...target.split(sep));
    }
  }
  return links;
}

function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no link, or nothing there
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // it went away just now, which its folder tells
  }
}

function isLink(path: string): boolean {
  return targetOf(path) !== undefined;
}

function listen(watcher: FSWatcher, onEvent: () => void, onTrouble: (problem: string) => void): void {
  watcher
    .on('all', onEvent)
    .on('ready', onEvent)
    .on('error', error => onTrouble(messageOf(error)));
}

/** Of a pattern, the folder in which it begins. */
function placeOf(path: string): Place {
  const steps = path.split('/');
  const firstPattern = existsSync(path) ? -1 : steps.findIndex(isGlob);
  const isPattern = firstPattern !== -1;
  const plain = isPattern ? steps.slice(0, firstPattern).join('/') : path;
  const absolute = resolve(plain === '' && path.startsWith('/') ? '/' : plain);
  const depth = isPattern && !steps.includes('**') ? steps.length - firstPattern - 1 : undefined;
  return { path: absolute, parent: dirname(absolute), depth, isPattern };
}

/** Not looked for in folders either. */
function isHidden(path: string): boolean {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  return name === 'node_modules' || (name.startsWith('.') && name !== MOUNT_LINK);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
