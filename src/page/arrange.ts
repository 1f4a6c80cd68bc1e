import type { Box, Draft } from './band.ts';
import { BOX_HEIGHT, COLUMNS, ROW } from './band.ts';
import type { RouteRecord } from './records.ts';

/** Each box beside the middle of the paths that lead to it, as far as there is room. */
export function arrange(drafts: readonly Draft[], records: readonly RouteRecord[]): readonly Box[] {
  const rows = new Map(records.map((record, index) => [record, index]));
  return COLUMNS.flatMap((_, column) => {
    const wished = drafts
      .filter(draft => draft.column === column)
      .map(draft => {
        const own = draft.records.map(record => rows.get(record) ?? 0);
        return { draft, row: own.reduce((sum, row) => sum + row, 0) / own.length };
      });
    wished.sort((a, b) => a.row - b.row);
    const placed = spread(
      wished.map(({ row }) => row),
      records.length,
    );
    return wished.map(({ draft }, index) => ({
      ...draft,
      top: Math.round((placed[index] ?? 0) * ROW),
      height: BOX_HEIGHT,
    }));
  });
}

/** Moves rows apart so that none is less than one below the one before, within `count` rows where that is possible. */
function spread(rows: readonly number[], count: number): readonly number[] {
  const placed: number[] = [];
  for (const row of rows) placed.push(Math.max(row, (placed.at(-1) ?? -1) + 1));
  const last = Math.max(count, rows.length) - 1;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const below = placed[index + 1] ?? last + 1;
    placed[index] = Math.min(placed[index] ?? 0, below - 1);
  }
  return placed;
}
