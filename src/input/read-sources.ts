import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

import type { Report } from '../diagnostics/diagnostic.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { Origin } from '../diagnostics/place.ts';
import { decode } from './decode.ts';
import type { Exclude, ExcludedEntry } from './exclusion.ts';
import { findFiles } from './find-files.ts';
import type { FolderOptions, FoundFile } from './find-files.ts';
import { isMissing, reasonOf } from './reason.ts';
import { binaryFile, fileTooLarge, notUtf8, unreadableFile } from './rules/files.ts';
import type { PassedOver, SourceText } from './source.ts';

const MEBIBYTE = 1024 * 1024;

/** The objects of so much YAML take a gigabyte or two. */
const LARGEST_YAML = 256 * MEBIBYTE;

/** What a string of Node holds, a little less than 512 MiB. */
const LARGEST_JSON = 2 ** 29 - 24;

/** Most files end within the first read. */
const HEAD = 64 * 1024;
const CHUNK = MEBIBYTE;

/** Where the input comes from besides the file system, and what it is called. */
export interface ReadOptions extends FolderOptions {
  /** Called at most once, and only for the path `-`. */
  readonly stdin: () => Buffer | Promise<Buffer>;
  readonly stdinName: string;
  /** What is left out of folders and patterns. */
  readonly exclude?: Exclude | undefined;
  readonly report: Report;
}

/** What was read, in the order of the paths; `missing` are the paths that lead nowhere. */
export interface Sources {
  readonly sources: readonly SourceText[];
  readonly missing: readonly string[];
  readonly excluded: readonly ExcludedEntry[];
  /** Files of a repository that hold no text. */
  readonly passedOver: readonly PassedOver[];
}

/**
 * Reads files, folders, patterns and `-` (standard input). What cannot be read is reported, the others are still read.
 * A file that is reached in several ways is read once, under its first name.
 */
export async function readSources(paths: readonly string[], options: ReadOptions): Promise<Sources> {
  const sources: SourceText[] = [];
  const missing: string[] = [];
  const excluded: ExcludedEntry[] = [];
  const passedOver: PassedOver[] = [];
  const seen = new Set<string>();
  const { report, exclude } = options;
  for (const path of paths) {
    if (path === '-') {
      if (seen.has('-')) continue;
      seen.add('-');
      const source = toSource(options.stdinName, await options.stdin(), report);
      if (source !== undefined) sources.push(source);
      continue;
    }
    const { isRepository } = options;
    const onExcluded = (entry: ExcludedEntry): void => void excluded.push(entry);
    const files = findFiles(path, { report, exclude, isRepository, onExcluded });
    if (files === undefined) missing.push(path);
    for (const file of files ?? []) addFile(sources, file, seen, reportFor(file, report, passedOver));
  }
  return { sources, missing, excluded, passedOver };
}

/** Of a file that nobody named, only what keeps manifests from being read is worth a finding. */
function reportFor({ name, isFromRepository }: FoundFile, report: Report, passedOver: PassedOver[]): Report {
  if (isFromRepository !== true) return report;
  return found => {
    const what = NO_TEXTS.get(found.rule);
    if (what === undefined) report(found);
    else passedOver.push({ file: name, line: 1, what });
  };
}

const NO_TEXTS: ReadonlyMap<Rule, string> = new Map<Rule, string>([
  [binaryFile, 'binary data'],
  [notUtf8, 'not UTF-8'],
  [fileTooLarge, 'too large for manifests'],
]);

function addFile(sources: SourceText[], file: FoundFile, seen: Set<string>, report: Report): void {
  const { name } = file;
  try {
    // Not the real path: a pipe from the shell, <(helm template …), has none.
    const { dev, ino } = statSync(name, { bigint: true });
    const identity = `${dev}:${ino}`;
    if (seen.has(identity)) return;
    seen.add(identity);
  } catch (error) {
    reportUnreadable(file, error, report);
    return;
  }
  const source = readSource(file, report);
  if (source !== undefined) sources.push(source);
}

/** Reads one file. Undefined when it cannot be read or is no text; that has been reported. */
export function readSource(file: FoundFile, report: Report): SourceText | undefined {
  const { name, isOutside, isFromRepository } = file;
  try {
    const source = toSource(name, readBounded(name), report);
    if (source === undefined || (!isOutside && isFromRepository !== true)) return source;
    return {
      ...source,
      ...(isOutside ? { isFromOutside: true } : {}),
      ...(isFromRepository === true ? { isFromRepository } : {}),
    };
  } catch (error) {
    reportUnreadable(file, error, report);
    return undefined;
  }
}

/** Of a repository that is checked out alone, links often lead nowhere. */
function reportUnreadable({ name, isFromRepository }: FoundFile, error: unknown, report: Report): void {
  if (isFromRepository === true && isMissing(error)) return;
  report({ rule: unreadableFile, message: `"${name}" cannot be read: ${reasonOf(error)}`, at: top(name) });
}

function toSource(name: string, bytes: Buffer, report: Report): SourceText | undefined {
  const limit = largestFor(name, bytes);
  if (bytes.length > limit) {
    report({ rule: fileTooLarge, ...tooLarge(name, limit), at: top(name) });
    return undefined;
  }
  const decoded = decode(bytes, name);
  if ('text' in decoded) return { name, text: decoded.text };
  report({ ...decoded.problem, at: top(name) });
  return undefined;
}

/**
 * Reads no more than one byte over the limit, also of a device that never ends. Pipes are read to their end.
 * Synchronous: reading many small files one after the other is quicker than having the thread pool do it.
 */
function readBounded(name: string): Buffer {
  const file = openSync(name, 'r');
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.allocUnsafe(HEAD);
    const head = buffer.subarray(0, readSync(file, buffer));
    if (head.length === 0 || (size > 0 && head.length >= size)) return head;
    const limit = largestFor(name, head) + 1;
    return size > 0 ? readWhole(file, head, Math.min(size, limit)) : readParts(file, head, limit);
  } finally {
    closeSync(file);
  }
}

/** Into one buffer: parts and what they are put together in would be in memory at once. */
function readWhole(file: number, head: Buffer, size: number): Buffer {
  const whole = Buffer.allocUnsafe(size);
  let length = head.copy(whole);
  while (length < size) {
    const count = readSync(file, whole, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return whole.subarray(0, length);
}

function readParts(file: number, head: Buffer, limit: number): Buffer {
  const parts = [head];
  for (let length = head.length; length < limit;) {
    const part = Buffer.allocUnsafe(Math.min(CHUNK, limit - length));
    const count = readSync(file, part);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    length += count;
  }
  return Buffer.concat(parts);
}

/** JSON takes little more than its size. */
function largestFor(name: string, bytes: Buffer): number {
  const head = bytes.toString('latin1', 0, 4096).replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
  return /\.json$/i.test(name) || head.startsWith('{') || head.startsWith('[') ? LARGEST_JSON : LARGEST_YAML;
}

function tooLarge(name: string, limit: number): { readonly message: string; readonly help: string } {
  if (limit === LARGEST_JSON) {
    const help = 'split it: one file for each kind or namespace (kubectl get ingress -n NAMESPACE -o json)';
    return { message: `"${name}" is larger than 512 MiB, the limit for JSON`, help };
  }
  const help = 'split it, for example by namespace, or use kubectl get -o json: the limit for JSON is 512 MiB';
  return { message: `"${name}" is larger than 256 MiB, the limit for YAML`, help };
}

function top(file: string): Origin {
  return { file, line: 1, column: 1 };
}
