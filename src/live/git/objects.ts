import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import type { RunGit } from './run-git.ts';
import { gitProblem } from './run-git.ts';

export type ObjectsAnswer =
  | { readonly kind: 'objects'; readonly texts: ReadonlyMap<string, Buffer> }
  | Interruption
  | Failure;

const LINE_FEED = 10;

/** The contents of files in a repository by their object names; what it does not have is not among them. */
export async function readObjects(root: string, names: readonly string[], git: RunGit): Promise<ObjectsAnswer> {
  const texts = new Map<string, Buffer>();
  if (names.length === 0) return { kind: 'objects', texts };
  const wanted = [...new Set(names)];
  const end = await git(root, ['cat-file', '--batch'], wanted.map(name => `${name}\n`).join(''));
  if (end.kind !== 'ended') return end;
  if (end.code !== 0) return gitProblem('cat-file', end);
  const { stdout } = end;
  let at = 0;
  for (const name of wanted) {
    const lineEnd = stdout.indexOf(LINE_FEED, at);
    const [, , size] = /^(\S+) blob (\d+)$/.exec(stdout.toString('latin1', at, lineEnd)) ?? [];
    at = lineEnd + 1;
    if (size === undefined) continue;
    texts.set(name, stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return { kind: 'objects', texts };
}
