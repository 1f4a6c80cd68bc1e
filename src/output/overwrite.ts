import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';

/** Why a path is not to be written: it leads to a file that was read as input. Undefined if it does not. */
export function inputProblem(path: string, inputs: Iterable<string>): string | undefined {
  const real = realOf(path);
  if (real === undefined) return undefined;
  for (const input of inputs) {
    if (realOf(input) === real) return `${JSON.stringify(path)} was read as input; name another file`;
  }
  return undefined;
}

/**
 * Why a path is not to be written without being told to: a file with something else is there. What is empty, no file, or
 * begins as what would be written may be replaced.
 */
export function foreignProblem(path: string, isOurs: (beginning: string) => boolean): string | undefined {
  const beginning = beginningOf(path);
  if (beginning === undefined || beginning === '' || isOurs(beginning)) return undefined;
  return `${JSON.stringify(path)} is there already, and "ingress2nginx report" did not write it; use --force to replace it`;
}

const LONGEST_BEGINNING = 4096;

/** Undefined where there is no file, or none that can be read: writing says why. */
function beginningOf(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    const handle = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(LONGEST_BEGINNING);
      return bytes.toString('utf8', 0, readSync(handle, bytes, 0, LONGEST_BEGINNING, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}

/** Undefined where nothing is. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
