import { accessSync, constants, lstatSync, statSync } from 'node:fs';

import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { problemForUs } from '../live/apply/folder-problem.ts';
import { isSystemError } from '../output/disk.ts';

export type Look<T> =
  /** `found` is undefined when nothing was ever applied there. */
  { readonly kind: 'seen'; readonly found: T | undefined } | Failure;

/** Reads what is known of a folder that nginx is served from, or says why nobody can. */
export async function lookAt<T>(
  folder: string,
  read: (folder: string) => T | undefined | Promise<T | undefined>,
): Promise<Look<T>> {
  try {
    const foreign = problemForUs(folder);
    if (foreign !== undefined) return failure(foreign);
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return { kind: 'seen', found: undefined };
    if (!statSync(folder).isDirectory()) return failure(`${folder} is not a folder`);
    accessSync(folder, constants.R_OK | constants.X_OK);
    return { kind: 'seen', found: await read(folder) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(`${folder} cannot be read: ${error.message}`);
  }
}
