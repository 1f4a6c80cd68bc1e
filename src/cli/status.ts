import { readable } from '../diagnostics/visible.ts';
import { readStatus } from '../live/apply/status.ts';
import type { NginxStatus, ServingStatus } from '../live/apply/status.ts';
import { lookAt } from '../jobs/look.ts';
import { visibleJson } from '../report/plain-text.ts';
import { many } from '../diagnostics/words.ts';
import { isoTime } from '../report/iso-time.ts';
import { wordsOf, wrapTokens } from '../report/wrap.ts';
import type { ExitCode } from './face.ts';
import { print, tell, wrapColumns } from './face.ts';
import type { PlaceFlags } from './serving-flags.ts';
import { placeOf } from './serving-flags.ts';

export interface StatusFlags extends PlaceFlags {
  readonly format: 'text' | 'json';
}

/** Says what is served; 1 when nothing is. */
export async function status(flags: StatusFlags): Promise<ExitCode> {
  const { folder } = placeOf(flags);
  const look = await lookAt(folder, readStatus);
  if (look.kind === 'failed') {
    tell('trouble', look.problem);
    return 3;
  }
  const { found } = look;
  const view = { now: Date.now(), columns: wrapColumns('stdout') };
  print(flags.format === 'json' ? statusJson(folder, found) : statusText(folder, found, view));
  return isServing(found) ? 0 : 1;
}

function isServing(found: ServingStatus | undefined): boolean {
  return found?.release !== undefined && (found.nginx?.workers ?? 0) > 0;
}

/**
 * For people: a line for each thing that there is to say.
 *
 * @param now milliseconds since 1970
 * @param columns of the terminal; undefined where there is none
 */
export function statusText(
  folder: string,
  found: ServingStatus | undefined,
  { now, columns }: { readonly now: number; readonly columns?: number | undefined },
): string {
  if (found === undefined) return `nothing was ever applied in ${readable(folder)}\n`;
  const rows: readonly (readonly [string, string])[] = [
    ['folder', folder],
    ['release', releaseText(found, now)],
    ['nginx', nginxText(found)],
    ...(found.nginx === undefined ? [] : [['listeners', listenersText(found.nginx)] as const]),
    ...(found.release === undefined ? [] : [['routes', String(found.release.routes.length)] as const]),
    ...(found.lastError === undefined
      ? []
      : [['last error', `${found.lastError.problem} (${timeText(found.lastError.at, now)})`] as const]),
    ...(found.isInterrupted ? [['warning', 'an apply was interrupted; the next one recovers from it'] as const] : []),
    ...(found.problem === undefined ? [] : [['warning', found.problem] as const]),
    ...(found.orphans === 0
      ? []
      : [['warning', `${many(found.orphans, 'worker')} without a master; the next apply ends them`] as const]),
    ...(found.holder === undefined
      ? []
      : [['locked', `by process ${found.holder.pid} (${found.holder.purpose})`] as const]),
  ];
  return rows
    .map(([name, text]) =>
      wrapTokens([{ gap: '', text: name.padEnd(12) }, ...wordsOf(readable(text))], columns, INDENT),
    )
    .map(lines => `${lines.join('\n')}\n`)
    .join('');
}

const INDENT = ' '.repeat(12);

function releaseText({ release }: ServingStatus, now: number): string {
  return release === undefined ? 'none' : `${release.id}, since ${timeText(release.since, now)}`;
}

function nginxText({ nginx }: ServingStatus): string {
  if (nginx === undefined) return 'not running';
  const old = nginx.workersShuttingDown;
  const finishing = old === 0 ? '' : `, ${many(old, 'old worker')} finishing requests`;
  return `process ${nginx.pid}, ${many(nginx.workers, 'worker')}${finishing}`;
}

function listenersText({ listeners }: NginxStatus): string {
  if (listeners === undefined) return 'not visible to this user';
  return listeners.length === 0 ? 'none' : listeners.join(', ');
}

/** `2026-11-25T14:03:07Z, 3 min ago` */
function timeText(at: number, now: number): string {
  return `${isoTime(at)}, ${ageText(Math.max(0, Math.floor((now - at) / 1_000)))} ago`;
}

function ageText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** For programs: docs/schemas/status.json describes it. */
function statusJson(folder: string, found: ServingStatus | undefined): string {
  const { release, nginx, lastError, holder } = found ?? {};
  return `${visibleJson({
    formatVersion: 1,
    folder,
    serving: isServing(found),
    release: release && { id: release.id, since: isoTime(release.since), routes: release.routes.length },
    nginx: nginx && {
      pid: nginx.pid,
      workers: nginx.workers,
      workersShuttingDown: nginx.workersShuttingDown,
      listeners: nginx.listeners ?? [],
    },
    orphanedWorkers: found?.orphans ?? 0,
    lastError: lastError && { at: isoTime(lastError.at), problem: lastError.problem },
    interrupted: found?.isInterrupted ?? false,
    lock: holder && { pid: holder.pid, purpose: holder.purpose },
  })}\n`;
}
