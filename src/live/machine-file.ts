import { readFileSync } from 'node:fs';

import { isSystemError } from '../output/disk.ts';

/** Nothing where there is no such file, or nobody may read it: then nginx finds nothing there either. */
export function readMachineFile(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}
