import { lstatSync, realpathSync } from 'node:fs';

import { isSystemError } from './disk.ts';
import { openFolder } from './folder.ts';
import { MANIFEST_PATH, readManifest } from './manifest.ts';

/** Whether the output folder holds anything that an Ingress asked for. What cannot be read is found when it is written. */
export function hasIngresses(dir: string): boolean {
  try {
    if (lstatSync(dir, { throwIfNoEntry: false }) === undefined) return false;
    const folder = openFolder(realpathSync(dir));
    if (folder.entryAt(MANIFEST_PATH) !== 'file') return false;
    const earlier = readManifest(folder.read(MANIFEST_PATH).toString('utf8'));
    return (earlier?.files ?? []).some(({ from }) => from.some(name => name.startsWith('Ingress ')));
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
