import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where a program is looked for. */
export interface ProgramSearch {
  /** A path, or a name to look for. */
  readonly wanted: string;
  /** In the form of PATH. */
  readonly searchPath?: string | undefined;
  /** Folders that come after those of the path. */
  readonly alsoIn?: readonly string[];
}

/** The absolute path of a program; undefined when there is none. */
export function findProgram({ wanted, searchPath, alsoIn = [] }: ProgramSearch): string | undefined {
  if (wanted.includes('/')) return isExecutable(wanted) ? resolve(wanted) : undefined;
  const inPath = (searchPath ?? process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  return [...inPath, ...alsoIn].map(folder => resolve(join(folder, wanted))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // that is the answer, whatever the reason
  }
}
