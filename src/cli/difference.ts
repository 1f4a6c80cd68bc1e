import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ChalkInstance } from 'chalk';
import { createTwoFilesPatch } from 'diff';

import type { RoutesDiff } from '../answers/diff.ts';
import { visible } from '../diagnostics/visible.ts';
import type { FileSet, OutputFile } from '../nginx/file-set.ts';
import { confOf } from '../nginx/file-set.ts';
import { MANIFEST_PATH, readManifest } from '../output/manifest.ts';
import { visibleJson } from '../report/plain-text.ts';
import { routesDiffText } from '../report/routes-diff.ts';

/** What an apply would change. */
export interface Difference {
  /** The current one; undefined before the first. */
  readonly release: string | undefined;
  /** Of the nginx that runs. */
  readonly pid: number | undefined;
  readonly would: 'start' | 'reload' | 'nothing';
  /** Of nginx.conf, unified; empty when it is the same, undefined when it is too long to be of use. */
  readonly patch: string | undefined;
  readonly files: readonly FileChange[];
  readonly routes: RoutesDiff;
}

export interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Its content is never shown. */
  readonly isSecret: boolean;
}

const CONF = 'nginx.conf';
/** Beyond, a person reads the new file instead. */
const LONGEST_DIFFERENCE_MS = 3_000;
const SECRET_FOLDER = /^(?:auth|certs)\//;

/** How the files of a release differ from those that would be applied. `folder` undefined: there is no release. */
export function diffFiles(
  folder: string | undefined,
  { files, folders }: FileSet,
): Pick<Difference, 'patch' | 'files'> {
  const earlier = folder === undefined ? [] : pathsIn(folder);
  const later = new Set(files.map(file => file.path));
  const changes = files.flatMap(file => changeOf(folder, earlier, file));
  const removed = earlier
    .filter(path => !later.has(path))
    .map((path): FileChange => ({ path, change: 'removed', isSecret: SECRET_FOLDER.test(path) }));
  const before = folder !== undefined && earlier.includes(CONF) ? readFileSync(join(folder, CONF), 'utf8') : '';
  return {
    files: [...changes, ...removed].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    patch: patchOf(before, confOf({ files, folders })),
  };
}

/** What was written, by its own list, and not taken away since. */
function pathsIn(folder: string): readonly string[] {
  const isThere = (path: string): boolean => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
  const text = isThere(MANIFEST_PATH) ? readFileSync(join(folder, MANIFEST_PATH), 'utf8') : '';
  return (readManifest(text)?.files ?? []).map(file => file.path).filter(isThere);
}

function changeOf(folder: string | undefined, earlier: readonly string[], file: OutputFile): readonly FileChange[] {
  const { path, isSecret, bytes } = file;
  if (folder === undefined || !earlier.includes(path)) return [{ path, change: 'added', isSecret }];
  return readFileSync(join(folder, path)).equals(bytes) ? [] : [{ path, change: 'changed', isSecret }];
}

function patchOf(before: string, after: string): string | undefined {
  if (before === after) return '';
  return createTwoFilesPatch(`current/${CONF}`, `new/${CONF}`, before, after, undefined, undefined, {
    timeout: LONGEST_DIFFERENCE_MS,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}

/** For people: the difference of nginx.conf, the other files, the routes, and what would be done. */
export function differenceText(difference: Difference, style: ChalkInstance): string {
  const others = difference.files.filter(({ path }) => path !== CONF);
  const parts = [
    patchText(difference.patch, style),
    others.map(change => `${fileText(change, style)}\n`).join(''),
    routesDiffText(difference.routes, style),
    `${closingLine(difference)}\n`,
  ];
  return parts.filter(part => part !== '').join('\n');
}

function patchText(patch: string | undefined, style: ChalkInstance): string {
  if (patch === undefined) return `${CONF} differs in too many lines to be shown\n`;
  const lines = patch.split('\n').slice(0, -1);
  return lines.map(line => `${paint(visible(line), style)}\n`).join('');
}

function paint(line: string, style: ChalkInstance): string {
  if (line.startsWith('+')) return style.green(line);
  if (line.startsWith('-')) return style.red(line);
  return line.startsWith('@@') ? style.cyan(line) : line;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function fileText({ path, change, isSecret }: FileChange, style: ChalkInstance): string {
  return paint(`${SIGNS[change]} ${path}${isSecret ? ' (secret, not shown)' : ''}`, style);
}

function closingLine({ would, release, pid }: Difference): string {
  const current = release === undefined ? 'there is no release yet' : `the current release is ${release}`;
  switch (would) {
    case 'start':
      return `nginx would be started; ${current}`;
    case 'reload':
      return `nginx ${pid} would be reloaded; ${current}`;
    case 'nothing':
      return `nothing would be done: ${current}, and its files are the same`;
  }
}

/** For programs: docs/schemas/dry-run.json describes it. */
export function differenceJson({ would, release, pid, patch, files, routes }: Difference): string {
  return `${visibleJson({ formatVersion: 1, would, release, pid, patch, files, routes })}\n`;
}
