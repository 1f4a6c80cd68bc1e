import { accessSync, constants, lstatSync, statSync } from 'node:fs';

import { isSystemError } from '../output/disk.ts';
import { problemForUs } from '../live/apply/folder-problem.ts';

export type Look<T> =
  /** `found` is undefined when nothing was ever applied there. */
  { readonly kind: 'seen'; readonly found: T | undefined } | { readonly kind: 'unable'; readonly problem: string };

/** Reads what is known of a folder that nginx is served from, or says why nobody can. */
export async function lookAt<T>(
  folder: string,
  read: (folder: string) => T | undefined | Promise<T | undefined>,
): Promise<Look<T>> {
  try {
    const foreign = problemForUs(folder);
    if (foreign !== undefined) return { kind: 'unable', problem: foreign };
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return { kind: 'seen', found: undefined };
    if (!statSync(folder).isDirectory()) return { kind: 'unable', problem: `${folder} is not a folder` };
    accessSync(folder, constants.R_OK | constants.X_OK);
    return { kind: 'seen', found: await read(folder) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { kind: 'unable', problem: `${folder} cannot be read: ${error.message}` };
  }
}
