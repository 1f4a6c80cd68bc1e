import { chmodSync, lstatSync, mkdirSync, realpathSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FileSet, OutputFile } from '../nginx/file-set.ts';
import { isSystemError, syncFolder } from './disk.ts';
import { openFolder, parentOf } from './folder.ts';
import { manifestAsFile, manifestFiles, manifestFolders, manifestOf, manifestText } from './manifest.ts';
import type { Plan } from './plan.ts';
import { planOutput } from './plan.ts';
import type { RunIdentity, Staging } from './staging.ts';
import { openStaging, stagingOfOthers } from './staging.ts';

export interface OutputRequest {
  /** As the user gave it; may itself be a link, may not exist. */
  readonly dir: string;
  readonly files: FileSet;
  readonly report: Report;
  /** Aborted before the first file is moved, nothing has happened; after that, everything will. */
  readonly signal: AbortSignal;
  readonly run: RunIdentity;
}

export type OutputResult =
  | { readonly kind: 'written'; readonly written: number; readonly unchanged: number; readonly removed: number }
  /** Something of others is in the way; it has been reported. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'interrupted' }
  /** The file system said no; what was there before is there again. */
  | { readonly kind: 'failed'; readonly problem: string };

/**
 * Makes a folder hold a file set: whole, or not at all. New bytes are laid down beside the old ones, then moved into
 * place in one go that neither an error nor Ctrl-C leaves half done. Whoever kills it in between leaves whole files:
 * each is the old or the new one, and nginx.conf is the last to change.
 */
export async function writeOutput(request: OutputRequest): Promise<OutputResult> {
  try {
    return await write(request);
  } catch (error) {
    if (isSystemError(error)) return { kind: 'failed', problem: error.message };
    throw error;
  }
}

async function write({ dir, files, report, signal, run }: OutputRequest): Promise<OutputResult> {
  const root = realPathOf(resolve(dir));
  const other = stagingOfOthers(root, run);
  if (other !== undefined) {
    return {
      kind: 'failed',
      problem: `process ${other.pid} is writing to ${dir}; if it is not, remove ${join(dir, other.name)}`,
    };
  }
  const plan = planOutput(openFolder(root), files, { dir, report });
  if (plan === undefined) return { kind: 'refused' };
  const manifests = manifestsOf(plan, files);
  const result = {
    kind: 'written',
    written: plan.writes.length,
    unchanged: plan.unchanged,
    removed: plan.removals.length,
  } as const;
  const isNew = createRoot(root);
  const staging = openStaging(root, run);
  try {
    const isManifestCurrent = isUnchanged(root, manifests.after);
    if (isManifestCurrent && result.written + result.removed + plan.links.length + plan.folders.length === 0) {
      close(root, plan);
      return result;
    }
    const isComplete = await stage(staging, [...plan.writes, manifests.during, manifests.after], {
      signal,
      isDurable: plan.earlier.files.length > 0,
    });
    if (!isComplete) return { kind: 'interrupted' };
    commit(staging, root, { plan, manifests });
    return result;
  } finally {
    staging.remove();
    if (isNew) removeIfEmpty(root);
  }
}

interface Manifests {
  readonly during: OutputFile;
  readonly after: OutputFile;
}

function manifestsOf(plan: Plan, wanted: FileSet): Manifests {
  const files = [...plan.earlier.files, ...manifestFiles(wanted.files)];
  return {
    during: manifestAsFile(manifestText(files, manifestFolders(wanted)), wanted.files),
    after: manifestOf(wanted),
  };
}

function isUnchanged(root: string, file: OutputFile): boolean {
  const folder = openFolder(root);
  return folder.entryAt(file.path) === 'file' && folder.read(file.path).equals(file.bytes);
}

/** Lays the files down. False when it was interrupted. */
async function stage(
  staging: Staging,
  files: readonly OutputFile[],
  how: { readonly signal: AbortSignal; readonly isDurable: boolean },
): Promise<boolean> {
  for (const [index, file] of files.entries()) {
    if (index % 64 === 0) await setImmediate();
    if (how.signal.aborted) return false;
    // The first output replaces nothing: a power cut loses what the same command makes again.
    staging.lay(file, how.isDurable);
  }
  await setImmediate();
  return !how.signal.aborted;
}

/** Synchronous on purpose: no signal handler runs in between. */
function commit(
  staging: Staging,
  root: string,
  { plan, manifests }: { readonly plan: Plan; readonly manifests: Manifests },
): void {
  try {
    for (const path of plan.links) staging.takeAway(path);
    for (const folder of plan.folders) staging.makeFolder(folder.path, folder.mode);
    staging.putInPlace(manifests.during);
    for (const file of plan.writes) staging.putInPlace(file);
    for (const path of plan.removals) staging.takeAway(path);
    staging.putInPlace(manifests.after);
  } catch (error) {
    staging.undo();
    throw error;
  }
  close(root, plan);
  removeEmptyFolders(root, plan);
  syncFolder(root);
}

function close(root: string, plan: Plan): void {
  for (const { path, mode } of plan.closings) chmodSync(join(root, path), mode);
}

function removeEmptyFolders(root: string, plan: Plan): void {
  const folders = new Set(plan.removals.flatMap(path => parentOf(path) ?? []));
  for (const path of folders) removeIfEmpty(join(root, path));
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Something is still in it: of ours or of others.
    if (!isSystemError(error)) throw error;
  }
}

/** Follows links in the path that the user gave, and nothing below it. */
function realPathOf(dir: string): string {
  if (lstatSync(dir, { throwIfNoEntry: false }) !== undefined) return realpathSync(dir);
  const parent = dirname(dir);
  return parent === dir ? dir : join(realPathOf(parent), basename(dir));
}

/** Whether the folder had to be made. */
function createRoot(root: string): boolean {
  if (lstatSync(root, { throwIfNoEntry: false }) !== undefined) return false;
  mkdirSync(dirname(root), { recursive: true });
  mkdirSync(root);
  chmodSync(root, 0o755);
  return true;
}
