import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import type { Problem, TextNode } from '../config-file/nodes.ts';
import { leadsOut, rootOf } from '../config-file/read.ts';
import type { Origin } from '../diagnostics/place.ts';
import { decode } from '../input/decode.ts';
import { reasonOf } from '../input/reason.ts';
import { places } from '../manifests/lines.ts';
import { readTestFile } from '../test-file/read.ts';
import type { WrittenTest } from '../test-file/read.ts';

/** A test, and where it stands. */
export type PlacedTest = Omit<WrittenTest, 'start'> & { readonly at: Origin };

export interface ReadTests {
  /** As people call it. */
  readonly file: string;
  /** What is tested, from the current folder; empty where the file names nothing. */
  readonly manifests: readonly string[];
  readonly tests: readonly PlacedTest[];
}

export interface TestFileProblem {
  readonly at: Origin;
  readonly message: string;
  readonly help?: string;
}

export type ReadTestFiles =
  | { readonly kind: 'read'; readonly files: readonly ReadTests[] }
  /** Nothing is tested where something is wrong. */
  | { readonly kind: 'refused'; readonly problems: readonly TestFileProblem[] };

/** Reads files of tests; all that is wrong with any of them is found at once. */
export function readTestFiles(paths: readonly string[]): ReadTestFiles {
  const read = [...new Set(paths)].map(readOne);
  const problems = read.flatMap(each => ('problems' in each ? each.problems : []));
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'read', files: read.flatMap(each => ('problems' in each ? [] : [each])) };
}

/** Nobody writes so many. */
const LARGEST = 64 * 1024 * 1024;

function readOne(file: string): ReadTests | { readonly problems: readonly TestFileProblem[] } {
  const read = textOf(file);
  if ('problem' in read) return { problems: [{ at: { file, line: 1, column: 1 }, message: read.problem }] };
  const { text } = read;
  const { manifests, tests, problems } = readTestFile(text);
  const toOrigin = places();
  const source = { name: file, text };
  const originOf = (start: number): Origin => {
    // What a line holds may be a password.
    const { line, column } = toOrigin(source, { start, end: start });
    return { file, line, column };
  };
  const all = [...problems, ...manifests.flatMap(path => pathProblem(path, file))];
  if (all.length > 0) {
    const placed = all.toSorted((a, b) => a.start - b.start);
    return { problems: placed.map(({ start, ...said }) => ({ ...said, at: originOf(start) })) };
  }
  return {
    file,
    manifests: manifests.map(({ text: path }) => relative('', join(dirname(file), path)) || '.'),
    tests: tests.map(({ start, ...test }) => ({ ...test, at: originOf(start) })),
  };
}

function textOf(file: string): { readonly text: string } | { readonly problem: string } {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return { problem: 'a folder; name the files of tests in it' };
    if (stats.size > LARGEST) return { problem: 'larger than 64 MiB' };
    const decoded = decode(readFileSync(file), file);
    return 'text' in decoded ? decoded : { problem: decoded.problem.message };
  } catch (error) {
    return { problem: `the file cannot be read: ${reasonOf(error)}` };
  }
}

/** Files of tests come with a repository: none leads out of it. */
function pathProblem({ text, start }: TextNode, file: string): readonly Problem[] {
  const problem = (message: string, help: string): readonly Problem[] => [{ start, message, help }];
  if (text === '-') return problem('stdin cannot be named in a file', 'use --input -');
  if (text.startsWith('/') || text.startsWith('~'))
    return problem(`the path "${text}" is not relative`, 'paths count from the directory of the file');
  if (mayName(file, join(dirname(file), text))) return [];
  return problem(`the path "${text}" leads out of ${relative('', rootOf(file)) || '.'}`, 'use --input');
}

/** Whether a file of tests may name a path, which counts from the current folder. */
export function mayName(file: string, path: string): boolean {
  return !leadsOut(rootOf(file), path);
}
