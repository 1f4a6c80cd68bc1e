/** Lists of options, each with a table of the paths in it that begin with no other one, sorted. */
const TABLES = new WeakMap<readonly string[], readonly string[]>();

function tableOf(exempt: readonly string[]): readonly string[] {
  const known = TABLES.get(exempt);
  if (known !== undefined) return known;
  const table: string[] = [];
  // What begins with a path comes right behind it.
  for (const path of exempt.toSorted()) {
    const last = table.at(-1);
    if (last === undefined || !path.startsWith(last)) table.push(path);
  }
  TABLES.set(exempt, table);
  return table;
}

/** The last text of a sorted list that is not behind `text`. */
function lastUpTo(text: string, sorted: readonly string[]): string | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') <= text) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}

/**
 * Whether a location is among the exempt ones: its path begins with one of them, in the middle of a segment, too. Both
 * may be many, so that they are not compared one by one.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, isLocationInLocationList.
 */
export function isExempt(path: string, exempt: readonly string[]): boolean {
  const nearest = lastUpTo(path, tableOf(exempt));
  return nearest !== undefined && path.startsWith(nearest);
}
