import type { Stats } from 'node:fs';
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../nginx/file-set.ts';
import type { Readers } from './access.ts';
import { accessOfFile } from './access.ts';
import type { PathAccess } from './plan.ts';
import { removeTree } from './remove-tree.ts';

/** Tells runs apart that write to the same folder at the same time. */
export interface RunIdentity {
  readonly pid: number;
  isAlive(pid: number): boolean;
  /** Milliseconds since 1970. Only to judge what a run left that ended without cleaning up. */
  now(): number;
}

/** New bytes beside the old ones, in the same file system, and the way back while they are moved. */
export interface Staging {
  lay(file: OutputFile, how: Laying): void;
  putInPlace(file: OutputFile): void;
  takeAway(path: string): void;
  makeFolder(folder: PathAccess): void;
  /** Takes back, in reverse order, whatever was moved or made. */
  undo(): void;
  remove(): void;
}

export interface Laying {
  readonly isDurable: boolean;
  /** Who reads password files. */
  readonly readers: Readers | undefined;
}

const PREFIX = '.ingress2nginx-';
/** A process number is given again some day, in containers at once: then the age decides. */
const LONGEST_RUN_MS = 10 * 60_000;

/** The staging folder of a run that is still writing, if there is one. */
export function stagingOfOthers(
  root: string,
  run: RunIdentity,
): { readonly pid: number; readonly name: string } | undefined {
  return stagings(root).find(
    ({ pid, stats }) => pid !== run.pid && run.isAlive(pid) && run.now() - stats.mtimeMs < LONGEST_RUN_MS,
  );
}

function stagings(root: string): readonly { readonly pid: number; readonly name: string; readonly stats: Stats }[] {
  if (lstatSync(root, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(root).flatMap(name => {
    if (!name.startsWith(PREFIX) || !/^\d+$/.test(name.slice(PREFIX.length))) return [];
    const stats = lstatSync(join(root, name), { throwIfNoEntry: false });
    return stats?.isDirectory() ? [{ pid: Number(name.slice(PREFIX.length)), name, stats }] : [];
  });
}

/** Removes what dead runs left, and starts a staging folder. */
export function openStaging(root: string, run: RunIdentity): Staging {
  for (const { name } of stagings(root)) removeTree(join(root, name));
  const own = join(root, `${PREFIX}${run.pid}`);
  mkdirSync(own, { mode: 0o700 });
  let count = 0;
  const laid = new Map<OutputFile, string>();
  const undoing: (() => void)[] = [];
  const nextName = (): string => join(own, String(count++));

  return {
    lay(file, how) {
      const path = nextName();
      layFile(path, file, how);
      laid.set(file, path);
    },
    putInPlace(file) {
      const from = laid.get(file);
      if (from === undefined) throw new Error(`${file.path} was not laid down`);
      const to = join(root, file.path);
      const backup = nextName();
      const isBackedUp = keep(to, backup);
      renameSync(from, to);
      undoing.push(() => (isBackedUp ? renameSync(backup, to) : rmSync(to)));
    },
    takeAway(path) {
      const from = join(root, path);
      const backup = nextName();
      renameSync(from, backup);
      undoing.push(() => renameSync(backup, from));
    },
    makeFolder({ path, mode, gid }) {
      const folder = join(root, path);
      mkdirSync(folder);
      undoing.push(() => rmdirSync(folder));
      if (gid !== undefined) chownSync(folder, -1, gid);
      // The mode of mkdir is cut by the umask.
      chmodSync(folder, mode);
    },
    undo() {
      for (const step of undoing.toReversed()) step();
      undoing.length = 0;
    },
    remove: () => removeTree(own),
  };
}

function layFile(path: string, file: OutputFile, { isDurable, readers }: Laying): void {
  const { mode, uid = -1, gid = -1 } = accessOfFile(file, readers);
  const handle = openSync(path, 'wx', 0o600);
  try {
    for (let offset = 0; offset < file.bytes.length;) offset += writeSync(handle, file.bytes, offset);
    fchownSync(handle, uid, gid);
    fchmodSync(handle, mode);
    if (isDurable) fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A second name for a file, so that the first never points at nothing. False when there is no file. */
function keep(path: string, backup: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
  try {
    linkSync(path, backup);
  } catch {
    // Some file systems know no hard links; a copy does as well. If that fails too, it throws.
    copyFileSync(path, backup);
  }
  return true;
}
