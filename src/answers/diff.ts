import { changesOf } from '../diagnostics/each.ts';
import { isRecord } from '../json/value.ts';
import type { RouteRow } from './routes.ts';

/** What of a route can differ while host, match and path stay. */
export type RouteField = 'target' | 'tls' | 'policies' | 'ingress';

export interface RouteChange {
  readonly before: RouteRow;
  readonly after: RouteRow;
  /** Which fields differ, never empty. */
  readonly fields: readonly RouteField[];
}

/** The difference of two routings. The order of routes is not looked at: each list is in the order of its routing. */
export interface RoutesDiff {
  readonly added: readonly RouteRow[];
  readonly removed: readonly RouteRow[];
  readonly changed: readonly RouteChange[];
}

const FIELDS: readonly RouteField[] = ['target', 'tls', 'policies', 'ingress'];

export function diffRoutes(before: readonly RouteRow[], after: readonly RouteRow[]): RoutesDiff {
  // A run that watches makes most rows once: the same object is the same route, unchanged.
  const { gone, come } = changesOf(before, after);
  const earlier = new Map(gone.map(row => [keyOf(row), row]));
  const later = new Set(come.map(keyOf));
  return {
    added: come.filter(row => !earlier.has(keyOf(row))),
    removed: gone.filter(row => !later.has(keyOf(row))),
    changed: come.flatMap(row => changeOf(earlier.get(keyOf(row)), row)),
  };
}

/** nginx has one location of a host, match and path. */
function keyOf({ host, match, path }: RouteRow): string {
  return `${host} ${match} ${path}`;
}

function changeOf(before: RouteRow | undefined, after: RouteRow): readonly RouteChange[] {
  if (before === undefined) return [];
  const fields = FIELDS.filter(field => JSON.stringify(plain(before[field])) !== JSON.stringify(plain(after[field])));
  return fields.length === 0 ? [] : [{ before, after, fields }];
}

/** The same whatever the order in which an object was made: one of the two may have been read from a file. */
function plain(value: RouteRow[RouteField]): unknown {
  if (!isRecord(value)) return value ?? null;
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
