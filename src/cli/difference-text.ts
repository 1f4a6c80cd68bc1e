import type { ChalkInstance } from 'chalk';

import { visible } from '../diagnostics/visible.ts';
import type { PlacedChange } from '../answers/diff/placed.ts';
import type { Difference, FileChange } from '../jobs/difference.ts';
import { CONF } from '../jobs/difference.ts';
import { changesText } from '../report/diff-text.ts';
import type { TextLayout } from '../report/names-text.ts';
import { visibleJson } from '../report/plain-text.ts';
import { routesDiffText } from '../report/routes-diff.ts';

/** For people: the difference of nginx.conf, the other files, the routes, and what would be done. */
export function differenceText(difference: Difference, { style, columns }: TextLayout): string {
  const files = difference.files.filter(({ path }) => path !== CONF);
  const parts = [
    patchText(difference.patch, style),
    files.map(change => `${fileText(change, style)}\n`).join(''),
    routesDiffText(difference.routes, style),
    changesText(others(difference), { style, columns }),
    `${closingLine(difference)}\n`,
  ];
  return parts.filter(part => part !== '').join('\n');
}

/** The list of routes says these already. */
const OF_ROUTES: ReadonlySet<string> = new Set(['added-route', 'removed-route', 'moved-route']);

function others({ changes = [] }: Difference): readonly PlacedChange[] {
  return changes.filter(({ kind }) => !OF_ROUTES.has(kind));
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
export function differenceJson({ would, release, pid, patch, files, routes, changes }: Difference): string {
  return `${visibleJson({ formatVersion: 1, would, release, pid, patch, files, routes, changes })}\n`;
}
