import { chmodSync, lchownSync, rmdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import type { FileSet, OutputFile } from '../nginx/file-set.ts';
import { actAs } from './act-as.ts';
import { isSystemError, syncFolder } from './disk.ts';
import { openFolder, parentOf } from './folder.ts';
import { manifestAsFile, manifestFiles, manifestFolders, manifestOf, manifestText } from './manifest.ts';
import { makeLevel } from './levels.ts';
import type { Place } from './place.ts';
import { findPlace } from './place.ts';
import type { Plan, PlanContext } from './plan.ts';
import { planOutput } from './plan.ts';
import type { Laying, RunIdentity, Staging } from './staging.ts';
import { openStaging, stagingOfOthers } from './staging.ts';
import { nameOfUser } from './users.ts';

export interface OutputRequest {
  /** As the user gave it; may itself be a link, may not exist. */
  readonly dir: string;
  readonly files: FileSet;
  readonly report: Report;
  /** Asked when all has been reported, before anything is changed: whether it shall be. */
  readonly mayWrite?: () => boolean;
  /** Aborted before the first file is moved, nothing has happened; after that, everything will. */
  readonly signal: AbortSignal;
  readonly run: RunIdentity;
  /** Who shall read password files when root writes them. */
  readonly readers?: PlanContext['readers'];
}

const FILES_AT_ONCE = 64;

export type OutputResult =
  | { readonly kind: 'written'; readonly written: number; readonly unchanged: number; readonly removed: number }
  /** Something of others is in the way, which has been reported; or nobody wants it any more. */
  | { readonly kind: 'refused' }
  | Interruption
  /** The file system said no; what was there before is there again. */
  | Failure;

/**
 * Makes a folder hold a file set: whole, or not at all. New bytes are laid down beside the old ones, then moved into
 * place in one go that neither an error nor Ctrl-C leaves half done. Whoever kills it in between leaves whole files:
 * each is the old or the new one, and nginx.conf is the last to change.
 */
export async function writeOutput(request: OutputRequest): Promise<OutputResult> {
  let place: Place | undefined;
  try {
    const found = findPlace(resolve(request.dir));
    if ('kind' in found) return found;
    place = found;
    return await write(request, place);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const asWhom = place?.actor === undefined ? '' : `, as ${nameOfUser(place.actor.uid)}, who owns a parent folder`;
    return failure(`${error.message}${asWhom}`);
  }
}

async function write(request: OutputRequest, place: Place): Promise<OutputResult> {
  const { signal } = request;
  const begun = actAs(place.actor, () => begin(request, place));
  if ('kind' in begun) return begun;
  const { plan, manifests, staging, result, isNew } = begun;
  const { end: root } = place.walk;
  try {
    const changes = result.written + result.removed + plan.links.length + plan.folders.length;
    if (changes === 0 && actAs(place.actor, () => closeUnchanged(root, plan, manifests.after))) return result;
    const isComplete = await stage([...plan.writes, manifests.during, manifests.after], {
      signal,
      lay: batch => actAs(place.actor, () => batch.forEach(file => staging.lay(file, layingOf(plan)))),
    });
    if (!isComplete) return { kind: 'interrupted' };
    actAs(place.actor, () => commit(staging, root, { plan, manifests }));
    return result;
  } finally {
    actAs(place.actor, () => {
      staging.remove();
      if (isNew) removeIfEmpty(root);
    });
  }
}

interface Begun {
  readonly plan: Plan;
  readonly manifests: Manifests;
  readonly staging: Staging;
  readonly result: Extract<OutputResult, { kind: 'written' }>;
  /** Whether the folder had to be made. */
  readonly isNew: boolean;
}

function begin(
  { dir, files, report, mayWrite, run, readers }: OutputRequest,
  { walk, isOfRoot }: Place,
): Begun | OutputResult {
  const root = walk.end;
  const other = stagingOfOthers(root, run);
  if (other !== undefined) {
    return failure(`process ${other.pid} is writing to ${dir}; if it is not, remove ${join(dir, other.name)}`);
  }
  const plan = planOutput(openFolder(root), files, { dir, report, isOfRoot, readers });
  if (plan === undefined || mayWrite?.() === false) return { kind: 'refused' };
  for (const folder of walk.missing) makeLevel(folder);
  const isNew = walk.missing.length > 0;
  if (isNew) chmodSync(root, 0o755);
  return {
    plan,
    manifests: manifestsOf(plan, files),
    staging: openStaging(root, run),
    result: {
      kind: 'written',
      written: plan.writes.length,
      unchanged: plan.unchanged,
      removed: plan.removals.length,
    },
    isNew,
  };
}

function layingOf({ earlier, readers }: Plan): Laying {
  // The first output replaces nothing: a power cut loses what the same command makes again.
  return { isDurable: earlier.files.length > 0, readers };
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

/** False when even the list of files has changed, so that there is something to write. */
function closeUnchanged(root: string, plan: Plan, manifest: OutputFile): boolean {
  const folder = openFolder(root);
  if (folder.entryAt(manifest.path) !== 'file' || !folder.read(manifest.path).equals(manifest.bytes)) return false;
  close(root, plan);
  return true;
}

/** Lays the files down. False when it was interrupted. */
async function stage(
  files: readonly OutputFile[],
  { signal, lay }: { readonly signal: AbortSignal; readonly lay: (batch: readonly OutputFile[]) => void },
): Promise<boolean> {
  for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
    await setImmediate();
    if (signal.aborted) return false;
    lay(files.slice(first, first + FILES_AT_ONCE));
  }
  await setImmediate();
  return !signal.aborted;
}

/** Synchronous on purpose: no signal handler runs in between. */
function commit(
  staging: Staging,
  root: string,
  { plan, manifests }: { readonly plan: Plan; readonly manifests: Manifests },
): void {
  try {
    for (const path of plan.links) staging.takeAway(path);
    for (const folder of plan.folders) staging.makeFolder(folder);
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
  for (const { path, mode, uid = -1, gid = -1 } of plan.closings) {
    lchownSync(join(root, path), uid, gid);
    chmodSync(join(root, path), mode);
  }
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
