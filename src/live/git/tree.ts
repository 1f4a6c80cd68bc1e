import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { readObjects } from './objects.ts';
import type { RunGit } from './run-git.ts';
import { gitProblem, openGit } from './run-git.ts';

/** The files of a commit, read from the repository: the work tree is left alone. */
export interface GitTree {
  readonly kind: 'tree';
  /** The current folder from the root of the repository, with a slash at its end; empty for the root. */
  readonly prefix: string;
  /** From the root, in the order of git. */
  readonly paths: readonly string[];
  /** Symbolic links and submodules, which have no text. */
  readonly others: readonly string[];
  /** The contents of some of the paths. */
  readonly read: (paths: readonly string[]) => Promise<TreeTexts | Interruption | Failure>;
}

export interface TreeTexts {
  readonly kind: 'texts';
  readonly texts: ReadonlyMap<string, Buffer>;
}

export type TreeAnswer =
  | GitTree
  /** There is no repository, or no such commit in it. */
  | { readonly kind: 'refused'; readonly problem: string }
  | Interruption
  | Failure;

/** @param folder where git is asked */
export async function openTree(revision: string, folder: string, signal: AbortSignal): Promise<TreeAnswer> {
  if (revision === '' || revision.startsWith('-')) return refused(`${JSON.stringify(revision)} is no revision`);
  const opened = openGit(signal);
  if (opened.kind === 'failed') return opened;
  const { git } = opened;
  const where = await git(folder, ['rev-parse', '--show-prefix']);
  if (where.kind !== 'ended') return where;
  if (where.code !== 0) return refused('the current folder is not in a Git repository');
  const parsed = await git(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  if (parsed.kind !== 'ended') return parsed;
  if (parsed.code !== 0) {
    const help = 'in CI, fetch it (actions/checkout: fetch-depth: 0)';
    return refused(`${JSON.stringify(revision)} is not a branch, tag or commit of this repository; ${help}`);
  }
  const commit = parsed.stdout.toString('latin1').trim();
  const listed = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listed.kind !== 'ended') return listed;
  if (listed.code !== 0) return gitProblem('ls-tree', listed);
  return treeOf(entriesOf(listed.stdout), { prefix: where.stdout.toString('utf8').replace(/\n$/, ''), folder, git });
}

function refused(problem: string): TreeAnswer {
  return { kind: 'refused', problem };
}

interface Entry {
  readonly path: string;
  readonly object: string;
  readonly isFile: boolean;
}

/** Each is `mode type object<tab>path`. */
function entriesOf(output: Buffer): readonly Entry[] {
  return output
    .toString('utf8')
    .split('\0')
    .flatMap(line => {
      const [, mode, object, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return path === undefined || object === undefined
        ? []
        : [{ path, object, isFile: mode?.startsWith('100') === true }];
    });
}

function treeOf(
  entries: readonly Entry[],
  { prefix, folder, git }: { readonly prefix: string; readonly folder: string; readonly git: RunGit },
): GitTree {
  const files = entries.filter(({ isFile }) => isFile);
  const objects = new Map(files.map(({ path, object }) => [path, object]));
  return {
    kind: 'tree',
    prefix,
    paths: files.map(({ path }) => path),
    others: entries.filter(({ isFile }) => !isFile).map(({ path }) => path),
    async read(paths) {
      const wanted = paths.flatMap(path => objects.get(path) ?? []);
      const answer = await readObjects(folder, wanted, git);
      if (answer.kind !== 'objects') return answer;
      const texts = paths.flatMap(path => {
        const bytes = answer.texts.get(objects.get(path) ?? '');
        return bytes === undefined ? [] : [[path, bytes] as const];
      });
      return { kind: 'texts', texts: new Map(texts) };
    },
  };
}
