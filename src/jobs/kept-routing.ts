import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { MANIFEST_PATH, recordIn } from '../output/manifest.ts';
import type { Routing } from '../routing/model.ts';
import { readRecord } from '../routing/read-record.ts';

/** What JavaScript takes as one text. */
const LARGEST = 2 ** 29 - 24;

/** The routing behind an output folder, which its list of files keeps; undefined where it keeps none. No link is followed. */
export function keptRouting(folder: string): Routing | undefined {
  const path = join(folder, MANIFEST_PATH);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size > LARGEST) return undefined;
  return readRecord(recordIn(readFileSync(path, 'utf8')));
}
