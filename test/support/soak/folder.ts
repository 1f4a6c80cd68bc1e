import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What a folder keeps of its routing for `diff`; a watch keeps none. */
const RECORD = /,\n {2}"routing": .*/u;

/**
 * The text of each file below a folder, by its path in it, without the routing that a manifest keeps; empty for a folder
 * that is not there.
 */
export function readFolder(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const entry of orNothing(() => readdirSync(folder, { recursive: true, withFileTypes: true })) ?? []) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = orNothing(() => readFileSync(path, 'latin1'));
    if (text !== undefined) files.set(relative(folder, path), text.replace(RECORD, ''));
  }
  return files;
}

/** Files come and go while somebody writes. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What differs, as lines for people; empty when nothing does. */
export function differences(actual: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>) {
  const paths = [...new Set([...expected.keys(), ...actual.keys()])].toSorted();
  return paths.flatMap(path => {
    const [is, should] = [actual.get(path), expected.get(path)];
    if (is === should) return [];
    if (is === undefined) return [`${path} is missing`];
    return should === undefined ? [`${path} should not be there`] : [`${path}: ${firstDifference(is, should)}`];
  });
}

function firstDifference(is: string, should: string): string {
  const [lines, expected] = [is.split('\n'), should.split('\n')];
  const index = expected.findIndex((line, index) => line !== lines[index]);
  return `line ${index + 1} is ${JSON.stringify(lines[index])}, and should be ${JSON.stringify(expected[index])}`;
}
