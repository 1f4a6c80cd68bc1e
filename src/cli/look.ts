import { accessSync, constants, lstatSync, statSync } from 'node:fs';

import { isSystemError } from '../output/disk.ts';
import type { ServingStatus } from '../live/apply/status.ts';
import { readStatus } from '../live/apply/status.ts';

export type Look =
  /** `found` is undefined when nothing was ever applied there. */
  | { readonly kind: 'seen'; readonly found: ServingStatus | undefined }
  | { readonly kind: 'unable'; readonly problem: string };

/** What is served from a folder, or why nobody can say it. */
export async function lookAt(folder: string): Promise<Look> {
  try {
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return { kind: 'seen', found: undefined };
    if (!statSync(folder).isDirectory()) return { kind: 'unable', problem: `${folder} is not a folder` };
    accessSync(folder, constants.R_OK | constants.X_OK);
    return { kind: 'seen', found: await readStatus(folder) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { kind: 'unable', problem: `${folder} cannot be read: ${error.message}` };
  }
}
