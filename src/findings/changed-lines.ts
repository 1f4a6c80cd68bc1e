import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { IdentityContext } from '../diagnostics/identity.ts';
import { identityOf } from '../diagnostics/identity.ts';
import type { Locate } from '../diagnostics/located.ts';
import type { Origin } from '../diagnostics/place.ts';
import { fileOf, isFieldRef } from '../diagnostics/place.ts';
import { emptyInput } from '../input/rules/empty-input.ts';

/** Lines from 1, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** The lines of a file that are new or changed; `all` where nobody knows, as of a new or a binary file. */
export type ChangedLines = 'all' | readonly LineRange[];

/** The findings of a run, or of the run before it. */
export interface ComparedRun<Found extends Diagnostic> {
  readonly found: readonly Found[];
  readonly identity: IdentityContext;
}

export interface ChangeOfRun<Found extends Diagnostic> {
  readonly now: ComparedRun<Found> & { readonly locate: Locate };
  /** Files have the names that they have now. */
  readonly before: ComparedRun<Diagnostic>;
  /** By the names of files; those that are the same are not among them. */
  readonly changed: ReadonlyMap<string, ChangedLines>;
}

export interface ByChange<Found> {
  readonly caused: readonly Found[];
  readonly unchanged: readonly Found[];
}

/**
 * Tells which findings come of a change: those on changed lines or with a related place there, and those that the run
 * before did not have. Of findings that are the same, as many as there were before are not new.
 */
export function sortByChange<Found extends Diagnostic>({ now, before, changed }: ChangeOfRun<Found>): ByChange<Found> {
  const known = countsOf(before);
  const caused: Found[] = [];
  const unchanged: Found[] = [];
  for (const each of now.found) {
    if (isOfRun(each) || isOnChange(each, now.locate, changed)) {
      caused.push(each);
      continue;
    }
    const key = keyOf(each, now.identity);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    (left > 0 ? unchanged : caused).push(each);
  }
  return { caused, unchanged };
}

/** What nginx says is asked about the whole result of this run alone. */
function isOfRun({ rule }: Diagnostic): boolean {
  return rule === emptyInput || rule.id.startsWith('I2N6');
}

function countsOf({ found, identity }: ComparedRun<Diagnostic>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of found) {
    const key = keyOf(each, identity);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** One that becomes worse is new; objects of the same name in two files are two. */
function keyOf(found: Diagnostic, context: IdentityContext): string {
  return `${found.severity} ${found.at === undefined ? '' : fileOf(found.at)} ${identityOf(found, context)}`;
}

function isOnChange(
  { at, related = [] }: Diagnostic,
  locate: Locate,
  changed: ChangeOfRun<Diagnostic>['changed'],
): boolean {
  return [at, ...related.map(other => other.at)].some(place => {
    if (place === undefined) return false;
    const lines = changed.get(fileOf(place));
    if (lines === undefined || lines === 'all') return lines === 'all';
    if (lines.length === 0) return false;
    const origin = isFieldRef(place) ? locate(place) : place;
    return origin !== undefined && lines.some(range => meets(origin, range));
  });
}

function meets({ line, endLine = line }: Origin, { first, last }: LineRange): boolean {
  return line <= last && endLine >= first;
}
