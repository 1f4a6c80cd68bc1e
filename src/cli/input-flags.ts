import { statSync } from 'node:fs';

import type { Command } from 'commander';

import { isStdinFromShell, isStdinPiped, readStdin } from './face.ts';
import { examplesText } from './flags.ts';

/** What to read. */
export interface InputRequest {
  /** Files, folders and patterns; `-` is stdin. Not empty. */
  readonly paths: readonly string[];
  /** What messages call stdin. */
  readonly stdinName: string;
  /** What stdin gave, if it has been read already. */
  readonly stdin?: Buffer;
}

/** Ends the command with a usage error when there is nothing to read. */
export function inputFrom(
  paths: readonly string[],
  flags: { readonly stdinFilename: string },
  { command, examples }: { readonly command: Command; readonly examples: readonly string[] },
): InputRequest {
  if (paths.length === 0 && !isStdinPiped()) {
    command.error(`error: no manifests: give files or folders, or pipe them in\n${examplesText(examples)}`);
  }
  return { paths: paths.length === 0 ? ['-'] : paths, stdinName: flags.stdinFilename };
}

/**
 * The same for `lint`, which reads the current folder where no path is named and nothing is piped in. A pipe or file that
 * turns out to be empty is input all the same: the command before the pipe has failed. Programs that start others give
 * them a socket, into which they write nothing as a rule.
 */
export async function lintInput(
  paths: readonly string[],
  { stdinFilename: stdinName }: { readonly stdinFilename: string },
): Promise<InputRequest> {
  if (paths.length > 0) return { paths, stdinName };
  const stdin = isStdinPiped() ? await readStdin() : Buffer.of();
  const isInput = stdin.length > 0 || isStdinFromShell();
  return isInput ? { paths: ['-'], stdinName, stdin } : { paths: ['.'], stdinName };
}

/** Whether something stands there that is not a folder. */
export function isFile(path: string): boolean {
  return isDirectory(path) === false;
}

export function isFolder(path: string): boolean {
  return isDirectory(path) === true;
}

/** Undefined where nothing stands. */
function isDirectory(path: string): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory();
  } catch {
    return undefined; // what is wrong with the path is said when it is read or written
  }
}
