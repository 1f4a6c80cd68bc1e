import { posix } from 'node:path';

import { collect } from '../diagnostics/diagnostic.ts';
import { many } from '../diagnostics/words.ts';
import { decode } from '../input/decode.ts';
import type { SourceText } from '../input/source.ts';
import { manifestsInTree } from '../input/tree-files.ts';
import type { GitTree } from '../live/git/tree.ts';
import { openTree } from '../live/git/tree.ts';
import { loadTexts } from './load.ts';
import type { SideName } from './side-name.ts';
import type { SideAnswer, SideSettings } from './side.ts';
import { sideOf } from './side.ts';

type GitSide = Extract<SideName, { kind: 'git' }>;

/** Reads the manifests of a commit. Messages name them as git does: `main:deploy/shop.yaml`. */
export async function readGitSide({ revision, path }: GitSide, request: SideSettings): Promise<SideAnswer> {
  const tree = await openTree(revision, '.', request.signal);
  if (tree.kind !== 'tree') return tree;
  const folder = fromRoot(tree, path);
  if (folder === undefined) {
    return { kind: 'refused', problem: `${JSON.stringify(path)} is not in the repository of the current folder` };
  }
  const found = chosenOf(tree, folder, { path, exclude: request.exclude });
  if (found === undefined && !request.allowEmpty) {
    const help = 'give --allow-empty to compare with nothing';
    return { kind: 'refused', problem: `${JSON.stringify(path)} does not exist in ${revision}`, help };
  }
  const read = await tree.read(found ?? []);
  if (read.kind !== 'texts') return read;
  const { report, diagnostics } = collect();
  const sources = Array.from(read.texts, ([name, bytes]): readonly SourceText[] => {
    const shown = `${revision}:${name}`;
    const decoded = decode(bytes, shown);
    if ('text' in decoded) return [{ name: shown, text: decoded.text }];
    report({ ...decoded.problem, at: { file: shown, line: 1, column: 1 } });
    return [];
  }).flat();
  return sideOf(loadTexts({ ...request, sources }, diagnostics), notesOf(tree, folder, revision));
}

/** From the root, without a slash at its end; undefined for what lies outside. */
function fromRoot({ prefix }: GitTree, path: string): string | undefined {
  if (posix.isAbsolute(path)) return undefined;
  const joined = posix.normalize(posix.join(prefix, path)).replace(/\/$/, '');
  if (joined === '.') return '';
  return joined === '..' || joined.startsWith('../') ? undefined : joined;
}

/** A file is read whatever its name; undefined where nothing is. */
function chosenOf(
  { paths }: GitTree,
  folder: string,
  { path, exclude }: { readonly path: string; readonly exclude: SideSettings['exclude'] },
): readonly string[] | undefined {
  if (paths.includes(folder)) return [folder];
  const isThere = folder === '' || paths.some(each => each.startsWith(`${folder}/`));
  return isThere ? manifestsInTree(paths, { folder, base: path, exclude }) : undefined;
}

/** Links to manifests, and submodules, have no text in a commit. */
function notesOf({ others }: GitTree, folder: string, revision: string): readonly string[] {
  const within = others.filter(path => folder === '' || path.startsWith(`${folder}/`));
  if (within.length === 0) return [];
  const [first = ''] = within;
  return [
    `${many(within.length, 'symbolic link or submodule', 'symbolic links and submodules')} of ${revision} not read, such as ${first}`,
  ];
}
