import { constants } from 'node:buffer';

import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { ChangedLines } from '../../findings/changed-lines.ts';

const { MAX_STRING_LENGTH } = constants;

/** A path that differs from an older tree. Paths are as git names them: from the root, with slashes. */
export interface DiffEntry {
  /** Undefined if it is gone. */
  readonly path: string | undefined;
  readonly lines: ChangedLines;
  /** The regular file that it was; undefined if there was none. */
  readonly before: { readonly path: string; readonly object: string } | undefined;
}

interface RawEntry {
  readonly oldMode: string;
  readonly newMode: string;
  readonly object: string;
  /** The letter of what happened: `M`, `A`, `D`, `R`, `T`, `U`. */
  readonly status: string;
  readonly paths: readonly string[];
}

/** Why a diff cannot be read; undefined if it can. */
export function diffProblem(output: Buffer): Failure | undefined {
  return output.length > MAX_STRING_LENGTH ? failure('git diff: more than 512 MiB differ') : undefined;
}

/**
 * Reads what `git diff --raw -p -z -U0` prints. Files and patches are in the same order: names in the patches, which git
 * writes with quotes and escapes of its own, are not needed. Where both do not fit, all lines of all files count.
 */
export function readDiff(output: Buffer): readonly DiffEntry[] {
  const { entries, patch } = readRaw(output.toString('utf8'));
  const patches = patch.split(/^(?=diff --git )/m).filter(part => part.startsWith('diff --git '));
  const fits = entries.reduce((sum, { status }) => sum + patchesOf(status), 0) === patches.length;
  let next = 0;
  return entries.map(entry => {
    const own = patches.slice(next, next + patchesOf(entry.status));
    next += patchesOf(entry.status);
    return diffEntry(entry, fits ? own : undefined);
  });
}

/** What became another kind of thing is removed and made again. */
function patchesOf(status: string): number {
  return status === 'T' ? 2 : 1;
}

function diffEntry(
  { oldMode, newMode, object, status, paths }: RawEntry,
  patches: readonly string[] | undefined,
): DiffEntry {
  const [oldPath = '', newPath = oldPath] = paths;
  const isNew = status === 'A' || status === 'T' || !isFile(oldMode);
  return {
    path: status === 'D' || newMode === '000000' ? undefined : newPath,
    lines: isNew || patches === undefined ? 'all' : linesOf(patches.join('')),
    before: isFile(oldMode) ? { path: oldPath, object } : undefined,
  };
}

function isFile(mode: string): boolean {
  return mode.startsWith('100');
}

function readRaw(text: string): { readonly entries: readonly RawEntry[]; readonly patch: string } {
  const entries: RawEntry[] = [];
  let at = 0;
  const take = (): string => {
    const end = text.indexOf('\0', at);
    const word = text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
    return word;
  };
  while (text[at] === ':') {
    const [oldMode = '', newMode = '', object = '', , change = ''] = take().slice(1).split(' ');
    const status = change.slice(0, 1);
    const paths = status === 'R' || status === 'C' ? [take(), take()] : [take()];
    entries.push({ oldMode, newMode, object, status, paths });
  }
  // An empty word ends the list.
  if (text[at] === '\0') at += 1;
  return { entries, patch: text.slice(at) };
}

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm;

function linesOf(patch: string): ChangedLines {
  if (/^(?:Binary files |GIT binary patch)/m.test(patch)) return 'all';
  return [...patch.matchAll(HUNK)].flatMap(([, start = '', count = '1']) => {
    const [first, length] = [Number(start), Number(count)];
    return length === 0 ? [] : [{ first, last: first + length - 1 }];
  });
}
