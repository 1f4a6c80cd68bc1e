import type { Report } from '../diagnostics/diagnostic.ts';
import type { FileSet, OutputFile } from '../nginx/file-set.ts';
import type { Access, Readers } from './access.ts';
import { accessOfFile, accessOfFolder } from './access.ts';
import type { Folder } from './folder.ts';
import { parentOf } from './folder.ts';
import type { Earlier } from './manifest.ts';
import { isSafePath, MANIFEST_PATH, NOTHING_EARLIER, readManifest, sha256 } from './manifest.ts';
import type { Refuse } from './plan-of-root.ts';
import { readersOf, refuseForeign, reportUnreadable } from './plan-of-root.ts';
import { outputEdited, outputInTheWay, outputLeftOver, outputLinkReplaced } from './rules/folder.ts';

/** What must happen in the output folder so that it holds a file set. All paths are relative to it. */
export interface Plan {
  readonly earlier: Earlier;
  /** Links to take away before anything is written. */
  readonly links: readonly string[];
  /** Folders to create, parents first. */
  readonly folders: readonly PathAccess[];
  /** Files that are missing or differ; those that nothing refers to yet come first and nginx.conf last. */
  readonly writes: readonly OutputFile[];
  readonly unchanged: number;
  /** Files of the earlier output that nothing needs any more, their bytes still ours. */
  readonly removals: readonly string[];
  /** Secret files and folders that others can read, or those who must cannot, with the access that they must have. */
  readonly closings: readonly PathAccess[];
  /** Who reads password files. */
  readonly readers: Readers | undefined;
}

export interface PathAccess extends Access {
  readonly path: string;
}

export interface PlanContext {
  readonly dir: string;
  readonly report: Report;
  /** Whether root writes to a folder that is his alone: then nobody else may own a part of it. */
  readonly isOfRoot: boolean;
  /** Undefined where nobody will serve from the folder. */
  readonly readers: Readers | 'unknown' | undefined;
}

const OTHERS = 0o007;

/** Undefined when something of others stands in the way; it has been reported. Changes nothing. */
export function planOutput(folder: Folder, wanted: FileSet, context: PlanContext): Plan | undefined {
  const { dir, report } = context;
  for (const path of [...wanted.files.map(file => file.path), ...wanted.folders]) {
    if (!isSafePath(path)) throw new Error(`the render stage gave an unchecked file name: ${JSON.stringify(path)}`);
  }
  const refused: string[] = [];
  const refuse: Refuse = (path, what, help = 'move it away, or choose another folder with --output') => {
    refused.push(path);
    report({ rule: outputInTheWay, message: `${dir}/${path} ${what}`, help });
  };
  const earlier = readEarlier(folder, refuse);
  const links = new Set<string>();
  const replaceLink = (path: string): void => {
    if (links.has(path)) return;
    links.add(path);
    report({
      rule: outputLinkReplaced,
      message: `${dir}/${path} was a symbolic link and is replaced; its target is left alone`,
    });
  };
  if (folder.entryAt(MANIFEST_PATH) === 'link') replaceLink(MANIFEST_PATH);
  const earlierFolders = earlier.files.flatMap(file => parentOf(file.path) ?? []);
  const touched = new Set([...foldersOf(wanted).map(({ path }) => path), ...earlierFolders]);
  if (context.isOfRoot) refuseForeign(folder, { paths: touched, refuse });
  const readers = context.isOfRoot ? readersOf(folder, context.readers) : undefined;
  const folders = planFolders(folder, wanted, { refuse, replaceLink, readers });
  const files = planFiles(folder, wanted.files, { dir, earlier, refuse, replaceLink, report, readers });
  if (refused.length > 0) return undefined;
  if (context.isOfRoot && context.readers === 'unknown' && readers === undefined)
    reportUnreadable(wanted.files, context);
  return {
    earlier,
    links: [...links],
    folders: folders.missing,
    writes: files.writes,
    unchanged: files.unchanged,
    removals: planRemovals(folder, wanted.files, { dir, earlier, report }),
    closings: [...folders.closings, ...files.closings],
    readers,
  };
}

type OnPath = (path: string) => void;

function readEarlier(folder: Folder, refuse: Refuse): Earlier {
  const entry = folder.entryAt(MANIFEST_PATH);
  if (entry === 'nothing' || entry === 'link') return NOTHING_EARLIER;
  const earlier = entry === 'file' ? readManifest(folder.read(MANIFEST_PATH).toString('utf8')) : undefined;
  if (earlier === undefined) refuse(MANIFEST_PATH, 'is not a file list written by ingress2nginx');
  return earlier ?? NOTHING_EARLIER;
}

/** All folders that a file set needs, parents first. Those that hold a secret are closed to others. */
export function foldersOf(wanted: FileSet, readers?: Readers): readonly PathAccess[] {
  const secret = new Set<string>();
  const all = new Set<string>();
  const add = (path: string | undefined): void => {
    for (let step = path; step !== undefined; step = parentOf(step)) all.add(step);
  };
  for (const path of wanted.folders) add(path);
  for (const file of wanted.files) {
    const parent = parentOf(file.path);
    add(parent);
    if (file.isSecret && parent !== undefined) secret.add(parent);
  }
  // A parent sorts before what is in it.
  return [...all].toSorted().map(path => ({ path, ...accessOfFolder(path, secret.has(path), readers) }));
}

function planFolders(
  folder: Folder,
  wanted: FileSet,
  on: { readonly refuse: Refuse; readonly replaceLink: OnPath; readonly readers: Readers | undefined },
) {
  const missing: PathAccess[] = [];
  const closings: PathAccess[] = [];
  for (const { path, ...access } of foldersOf(wanted, on.readers)) {
    const entry = folder.entryAt(path);
    if (entry === 'folder') {
      if (access.mode !== 0o755 && !hasAccess(folder, path, access)) closings.push({ path, ...access });
    } else if (entry === 'file' || entry === 'other') {
      on.refuse(path, 'is not a folder');
    } else {
      if (entry === 'link') on.replaceLink(path);
      missing.push({ path, ...access });
    }
  }
  return { missing, closings };
}

/** Whether others are kept out of what holds a secret, and those who need it are let in. */
function hasAccess(folder: Folder, path: string, access: Access): boolean {
  const { mode, uid, gid } = folder.ownershipAt(path);
  if ((mode & OTHERS) !== 0) return false;
  if (access.uid === undefined && access.gid === undefined) return true;
  return uid === (access.uid ?? uid) && gid === (access.gid ?? gid) && hasBits(mode, access.mode);
}

/** More is fine that root has set by hand. */
function hasBits(mode: number, wanted: number): boolean {
  return (mode & wanted) === wanted;
}

interface FilesContext {
  readonly readers: Readers | undefined;
  readonly dir: string;
  readonly earlier: Earlier;
  readonly refuse: Refuse;
  readonly replaceLink: OnPath;
  readonly report: Report;
}

function planFiles(folder: Folder, files: readonly OutputFile[], context: FilesContext) {
  const added: OutputFile[] = [];
  const changed: OutputFile[] = [];
  const closings: PathAccess[] = [];
  let unchanged = 0;
  for (const file of files) {
    const entry = folder.entryAt(file.path);
    if (entry === 'nothing' || entry === 'link') {
      if (entry === 'link') context.replaceLink(file.path);
      added.push(file);
    } else if (entry !== 'file') {
      context.refuse(file.path, 'is not a file');
    } else if (isOurs(folder, file, context)) {
      unchanged += 1;
      const access = accessOfFile(file, context.readers);
      if (file.isSecret && !hasAccess(folder, file.path, access)) closings.push({ path: file.path, ...access });
    } else {
      changed.push(file);
    }
  }
  return { writes: nginxConfLast([...added, ...changed]), unchanged, closings };
}

/** Whether the file holds the wanted bytes; reports when it holds bytes of somebody else. */
function isOurs(folder: Folder, file: OutputFile, context: FilesContext): boolean {
  const bytes = folder.read(file.path);
  if (bytes.equals(file.bytes)) return true;
  const hashes = context.earlier.hashes.get(file.path);
  if (hashes === undefined) {
    context.refuse(file.path, 'exists and was not written by ingress2nginx');
  } else if (!hashes.has(sha256(bytes))) {
    const message = `${context.dir}/${file.path} was changed since the last render; the change is lost`;
    context.report({ rule: outputEdited, message, help: 'make the change in the manifests' });
  }
  return false;
}

// Whatever refers to other files is switched when they are there.
function nginxConfLast(files: readonly OutputFile[]): readonly OutputFile[] {
  return [...files.filter(file => file.path !== 'nginx.conf'), ...files.filter(file => file.path === 'nginx.conf')];
}

function planRemovals(
  folder: Folder,
  wanted: readonly OutputFile[],
  context: { readonly dir: string; readonly earlier: Earlier; readonly report: Report },
): readonly string[] {
  const needed = new Set(wanted.map(file => file.path));
  const removals: string[] = [];
  for (const [path, hashes] of context.earlier.hashes) {
    const entry = folder.entryAt(path);
    if (needed.has(path) || entry === 'nothing') continue;
    if (entry === 'file' && hashes.has(sha256(folder.read(path)))) {
      removals.push(path);
    } else {
      const message = `${context.dir}/${path} is no longer needed, but was changed since the last render, and is kept`;
      context.report({ rule: outputLeftOver, message, help: 'delete it if nobody needs it' });
    }
  }
  return removals.toSorted();
}
