import { createHash } from 'node:crypto';
import { isRecord, parseJson } from '../json/value.ts';
import { objectText } from '../diagnostics/place.ts';
import type { FileSet, OutputFile } from '../nginx/file-set.ts';
import { parentOf } from './folder.ts';

/** The list of what was written, in the output folder itself. Without it, every file there is somebody else's. */
export const MANIFEST_PATH = '.ingress2nginx.json';

const GENERATOR = 'ingress2nginx';

interface ManifestFile {
  readonly path: string;
  readonly sha256: string;
  readonly from: readonly string[];
}

/** What an earlier render left in a folder. */
export interface Earlier {
  /** By path: the hashes that our bytes may have there. Two where a render was interrupted. */
  readonly hashes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly files: readonly ManifestFile[];
  readonly folders: readonly string[];
}

export const NOTHING_EARLIER: Earlier = { hashes: new Map(), files: [], folders: [] };

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function manifestFiles(files: readonly OutputFile[]): readonly ManifestFile[] {
  return files.map(file => ({ path: file.path, sha256: sha256(file.bytes), from: file.from.map(objectText) }));
}

/**
 * The manifest as text. It holds no time and no machine, so that equal input gives equal bytes. While a render is
 * moving files it lists the old and the new ones, so that an interrupted render knows its own files again.
 */
export function manifestText(files: readonly ManifestFile[], folders: readonly string[], record?: string): string {
  const text = JSON.stringify({ formatVersion: 1, generator: GENERATOR, files, folders }, undefined, 2);
  // For programs alone: with line breaks it would be several times as long.
  return record === undefined ? `${text}\n` : `${text.slice(0, -2)},\n  "routing": ${record}\n}\n`;
}

/** What a folder keeps of the routing behind it; undefined where it keeps none. */
export function recordIn(text: string): unknown {
  const value = parseJson(text);
  return isRecord(value) ? value['routing'] : undefined;
}

/** The manifest of a folder that holds `files` and nothing else of ours. */
export function manifestOf({ files, folders, record }: FileSet): OutputFile {
  return manifestAsFile(manifestText(manifestFiles(files), manifestFolders({ files, folders }), record), files);
}

/** The same without what is only kept beside the files: equal for folders from which nginx serves the same. */
export function manifestOfFiles({ files, folders }: FileSet): OutputFile {
  return manifestOf({ files, folders });
}

export function manifestFolders({ files, folders }: FileSet): readonly string[] {
  return [...new Set([...folders, ...files.flatMap(file => parentOf(file.path) ?? [])])].toSorted();
}

/** A hash of a short secret helps to guess it: with a secret in the folder, the list is one as well. */
export function manifestAsFile(text: string, files: readonly OutputFile[]): OutputFile {
  const isSecret = files.some(file => file.isSecret);
  return { path: MANIFEST_PATH, bytes: Buffer.from(text), isSecret, from: [] };
}

/** Undefined when the text is not a manifest of ours: then the file is somebody else's. */
export function readManifest(text: string): Earlier | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || value['generator'] !== GENERATOR || value['formatVersion'] !== 1) return undefined;
  const files = value['files'];
  const folders = value['folders'];
  if (!Array.isArray(files) || !files.every(isManifestFile)) return undefined;
  if (!Array.isArray(folders) || !folders.every(isSafePath)) return undefined;
  const hashes = new Map<string, Set<string>>();
  for (const file of files) {
    const known = hashes.get(file.path);
    if (known === undefined) hashes.set(file.path, new Set([file.sha256]));
    else known.add(file.sha256);
  }
  return { hashes, files, folders };
}

/** A manifest can be tampered with: a path in it must not lead out of the folder. */
export function isSafePath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path.split('/').every(step => /^[\w.][\w.+-]*$/.test(step) && step !== '.' && step !== '..')
  );
}

function isManifestFile(value: unknown): value is ManifestFile {
  if (!isRecord(value) || !isSafePath(value['path'])) return false;
  const from = value['from'];
  return typeof value['sha256'] === 'string' && Array.isArray(from) && from.every(name => typeof name === 'string');
}
