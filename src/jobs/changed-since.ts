import { realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { ChangedLines } from '../findings/changed-lines.ts';
import { decode } from '../input/decode.ts';
import type { Exclude } from '../input/exclusion.ts';
import { walkedRoot } from '../input/find-files.ts';
import type { WalkedRoot } from '../input/find-files.ts';
import type { SourceText } from '../input/source.ts';
import { changesSince } from '../live/git/changes.ts';
import type { Changes, WasInput } from '../live/git/changes.ts';
import type { LoadedTexts } from './load.ts';
import type { Loaded } from './loaded.ts';

export interface ChangeRequest {
  /** What git takes for a commit. */
  readonly ref: string;
  /** The input: files, folders and patterns. */
  readonly paths: readonly string[];
  readonly exclude: Exclude | undefined;
  readonly loading: LoadedTexts;
  readonly signal: AbortSignal;
}

/** What an input was before a change, and where it differs. */
export interface InputChange {
  /** By the names of the sources. */
  readonly changed: ReadonlyMap<string, ChangedLines>;
  /** The same input, compiled as it was. */
  readonly before: Loaded;
}

export type ChangeAnswer =
  | ({ readonly kind: 'change' } & InputChange)
  /** The ref or the paths are wrong. */
  | { readonly kind: 'refused'; readonly problem: string }
  | Interruption
  | Failure;

/** Asks git what changed in an input, and compiles what it was before: all of it, though little may have changed. */
export async function readChange({ ref, paths, exclude, loading, signal }: ChangeRequest): Promise<ChangeAnswer> {
  const { sources, loaded, again } = loading;
  const names = new Map<string, string>();
  for (const { name } of sources) {
    const path = realOf(name);
    if (path === undefined) return { kind: 'refused', problem: `${name} is not a file of a Git repository` };
    names.set(path, name);
  }
  const walked = paths.flatMap(path => walkedFolder(path, exclude) ?? []);
  const folders = walked.map(({ real }) => real);
  const wasInput: WasInput = (path, wasThere) => walked.some(folder => wasRead(path, folder, wasThere));
  const isAnyName = walked.some(folder => folder.isAnyName);
  const answer = await changesSince({ ref, files: [...names.keys()], folders, isAnyName, wasInput, signal });
  if (answer.kind !== 'changes') return answer;
  const changed = new Map<string, ChangedLines>();
  for (const [path, { lines }] of answer.changed) changed.set(names.get(path) ?? path, lines);
  const isSame = answer.changed.size === 0 && answer.gone.length === 0;
  return { kind: 'change', changed, before: isSame ? loaded : again(earlierSources(sources, names, answer)) };
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // a pipe of the shell, for example
  }
}

/** A folder that is walked, by its real path. */
interface WalkedFolder extends WalkedRoot {
  readonly real: string;
}

function walkedFolder(path: string, exclude: Exclude | undefined): WalkedFolder | undefined {
  const walked = walkedRoot(path, exclude);
  const real = walked && realOf(walked.folder);
  return walked === undefined || real === undefined ? undefined : { ...walked, real };
}

/** Whether a file that is gone was found in a folder. */
function wasRead(path: string, { real, wouldFind }: WalkedFolder, wasThere: (path: string) => boolean): boolean {
  const steps = relative(real, path).split(sep);
  return steps[0] !== '..' && wouldFind(steps, other => wasThere(join(real, ...other)));
}

/** What was renamed has the name that it has now. */
function earlierSources(
  sources: readonly SourceText[],
  names: ReadonlyMap<string, string>,
  { changed, gone }: Changes,
): readonly SourceText[] {
  const befores = new Map([...changed].map(([path, { before }]) => [names.get(path) ?? path, before]));
  const kept = sources.flatMap(source => {
    if (!befores.has(source.name)) return source;
    return sourceOf(source.name, befores.get(source.name)) ?? [];
  });
  const removed = gone.flatMap(({ path, before }) => sourceOf(relative(resolve(), path), before) ?? []);
  return [...kept, ...removed];
}

function sourceOf(name: string, bytes: Buffer | undefined): SourceText | undefined {
  const decoded = bytes === undefined ? undefined : decode(bytes, name);
  return decoded !== undefined && 'text' in decoded ? { name, text: decoded.text } : undefined;
}
