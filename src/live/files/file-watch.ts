import { existsSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

import type { FSWatcher } from 'chokidar';

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
  return {
    renew() {
      const closed = close();
      latest = closed.then(() => watchAll(options));
    },
    close,
  };
}

async function watchAll({ paths, ignored, onEvent, onTrouble }: FileWatchOptions): Promise<readonly FSWatcher[]> {
  const { watch } = await import('chokidar');
  const places = paths.map(placeOf);
  const parents = new Set(places.map(place => place.parent));
  const named = new Set(places.map(place => place.path));
  const isInIgnored = (path: string): boolean => ignored !== undefined && isWithin(path, ignored);
  const options = { ignoreInitial: true, ignorePermissionErrors: true } as const;
  const isLeftOut = (path: string): boolean => !named.has(path) && (isInIgnored(path) || isHidden(path));
  const existing = places.filter(({ path }) => existsSync(path));
  const watchers = [
    watch(
      existing.filter(({ isPattern }) => !isPattern).map(({ path }) => path),
      {
        ...options,
        ignored: (path, stats) =>
          isLeftOut(path) || (stats?.isFile() === true && !named.has(path) && !isManifestName(path)),
      },
    ),
    ...existing
      .filter(({ isPattern }) => isPattern)
      .map(({ path, depth }) =>
        watch(path, { ...options, ...(depth === undefined ? {} : { depth }), ignored: isLeftOut }),
      ),
    watch([...parents].filter(existsSync), {
      ...options,
      depth: 0,
      ignored: path => !parents.has(path) && !named.has(path) && !path.endsWith(`${sep}${MOUNT_LINK}`),
    }),
  ];
  for (const watcher of watchers) listen(watcher, onEvent, onTrouble);
  return watchers;
}

function listen(watcher: FSWatcher, onEvent: () => void, onTrouble: (problem: string) => void): void {
  watcher
    .on('all', onEvent)
    .on('ready', onEvent)
    .on('error', error => onTrouble(error instanceof Error ? error.message : String(error)));
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
