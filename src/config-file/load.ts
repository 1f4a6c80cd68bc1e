import { dirname, join, relative } from 'node:path';

import type { Origin } from '../diagnostics/place.ts';
import { places } from '../manifests/lines.ts';
import { checkFile } from './check.ts';
import type { FileSettings, Known } from './check.ts';
import { leadsOut, readConfig, rootOf } from './read.ts';
import type { Problem, TextNode } from './nodes.ts';

export interface ConfigRequest {
  /** As people call it. */
  readonly file: string;
  /** The user named it. */
  readonly isNamed: boolean;
  readonly userId: number | undefined;
  readonly known: Known;
}

/** What a config file asks for; its paths are those of the current folder. */
export type LoadedConfig =
  | (Omit<FileSettings, 'paths' | 'files'> & { readonly kind: 'loaded'; readonly paths: readonly string[] })
  | { readonly kind: 'refused'; readonly problems: readonly ConfigProblem[] };

export interface ConfigProblem {
  readonly at: Origin;
  readonly message: string;
  readonly help?: string;
}

/** Reads a config file as data: whatever is in it runs nothing, and is all right or refused as a whole. */
export function loadConfig({ file, isNamed, userId, known }: ConfigRequest): LoadedConfig {
  const read = readConfig(file, { isNamed, userId });
  if ('problem' in read) {
    const message = `the config file cannot be read: ${read.problem}`;
    return { kind: 'refused', problems: [{ at: { file, line: 1, column: 1 }, message }] };
  }
  const { paths, files, problems: found, ...settings } = checkFile(read.text, known);
  const root = rootOf(file);
  const problems = [...found, ...[...paths, ...files.values()].flatMap(path => pathProblem(path, { file, root }))];
  if (problems.length === 0) {
    const fromHere = ({ text }: TextNode): string => relative('', join(dirname(file), text)) || '.';
    const values = new Map([...settings.values, ...[...files].map(([key, path]) => [key, fromHere(path)] as const)]);
    return { kind: 'loaded', ...settings, values, paths: paths.map(fromHere) };
  }
  const toOrigin = places();
  const source = { name: file, text: read.text };
  const placed = problems
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, ...said }) => ({ ...said, at: toOrigin(source, { start, end: start }) }));
  return { kind: 'refused', problems: placed };
}

function pathProblem(
  { text, start }: TextNode,
  { file, root }: { readonly file: string; readonly root: string },
): readonly Problem[] {
  const problem = (message: string, help: string): readonly Problem[] => [{ start, message, help }];
  const relativeHelp = 'paths of a config file count from its directory';
  if (text === '-') return problem('stdin cannot be named in a file', 'leave it out, and pipe the manifests in');
  if (text.trim() === '') return problem('a path must not be empty', relativeHelp);
  if (text.startsWith('/') || text.startsWith('~')) return problem(`the path "${text}" is not relative`, relativeHelp);
  if (!leadsOut(root, join(dirname(file), text))) return [];
  return problem(`the path "${text}" leads out of ${relative('', root) || '.'}`, 'name it on the command line');
}
