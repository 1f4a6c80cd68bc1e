import { Chalk } from 'chalk';

import { readable } from '../diagnostics/visible.ts';
import { listReleases } from '../live/apply/release-list.ts';
import type { ListedRelease } from '../live/apply/release-list.ts';
import { lookAt } from '../jobs/look.ts';
import { isoTime } from '../report/iso-time.ts';
import { visibleJson } from '../report/plain-text.ts';
import { tableText } from '../report/table-text.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print, tell } from './face.ts';
import type { PlaceFlags } from './serving-flags.ts';
import { placeOf } from './serving-flags.ts';

export interface ReleasesFlags extends PlaceFlags {
  readonly format: 'table' | 'json';
}

const HEADINGS = ['RELEASE', 'CREATED', 'ROUTES', 'STATE'] as const;

/** Lists what can be served, newest first; 1 when there is nothing. */
export async function releases(flags: ReleasesFlags): Promise<ExitCode> {
  const { folder } = placeOf(flags);
  const look = await lookAt(folder, listReleases);
  if (look.kind === 'failed') {
    tell('trouble', look.problem);
    return 3;
  }
  const found = look.found ?? [];
  if (flags.format === 'json') print(releasesJson(folder, found));
  else if (found.length === 0) print(`no releases in ${readable(folder)}\n`);
  else print(tableText(HEADINGS, found.map(cellsOf), new Chalk({ level: isColoured('stdout', 'auto') ? 1 : 0 })));
  return found.length === 0 ? 1 : 0;
}

function cellsOf({ id, createdAt, routes, state }: ListedRelease): readonly string[] {
  return [id, isoTime(createdAt), routes === undefined ? '?' : String(routes), state];
}

/** For programs: docs/schemas/releases.json describes it. */
function releasesJson(folder: string, found: readonly ListedRelease[]): string {
  const rows = found.map(({ id, createdAt, routes, state }) => ({ id, createdAt: isoTime(createdAt), routes, state }));
  return `${visibleJson({ formatVersion: 1, folder, releases: rows })}\n`;
}
