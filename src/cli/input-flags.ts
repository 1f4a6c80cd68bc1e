import { statSync } from 'node:fs';

import type { Command } from 'commander';

import { isStdinPiped } from './face.ts';
import { examplesText } from './flags.ts';

/** What to read. */
export interface InputRequest {
  /** Files, folders and patterns; `-` is stdin. Not empty. */
  readonly paths: readonly string[];
  /** What messages call stdin. */
  readonly stdinName: string;
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

/** Whether something stands there that is not a folder. */
export function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    return false; // what is wrong with the path is said when it is written
  }
}
