import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { RunGit } from './run-git.ts';
import { gitProblem } from './run-git.ts';

export type ObjectsAnswer =
  | { readonly kind: 'objects'; readonly texts: ReadonlyMap<string, Buffer> }
  | Interruption
  | Failure;

const LINE_FEED = 10;

/** The contents of files in a repository by their object names. */
export async function readObjects(root: string, names: readonly string[], git: RunGit): Promise<ObjectsAnswer> {
  if (names.length === 0) return { kind: 'objects', texts: new Map() };
  const wanted = [...new Set(names)];
  const end = await git(root, ['cat-file', '--batch'], wanted.map(name => `${name}\n`).join(''));
  if (end.kind !== 'ended') return end;
  return end.code === 0 ? splitObjects(end.stdout, wanted) : gitProblem('cat-file', end);
}

/** Each begins with a line that repeats its name, and ends with a line feed. */
export function splitObjects(output: Buffer, names: readonly string[]): ObjectsAnswer {
  const texts = new Map<string, Buffer>();
  let at = 0;
  for (const name of names) {
    const lineEnd = output.indexOf(LINE_FEED, at);
    const head = lineEnd === -1 ? '' : output.toString('latin1', at, lineEnd);
    const [, echoed, digits] = /^(\S+) blob (\d+)$/.exec(head) ?? [];
    const start = lineEnd + 1;
    const end = start + Number(digits);
    // It is missing from a partial clone, for example.
    if (echoed !== name || output[end] !== LINE_FEED) return failure(`git cat-file: ${name} cannot be read`);
    texts.set(name, output.subarray(start, end));
    at = end + 1;
  }
  return { kind: 'objects', texts };
}
