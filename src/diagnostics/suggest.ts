/** Letters to insert, delete, replace or swap with a neighbour to get from one word to the other, up to `limit` + 1. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && isSwapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    // It never gets less from here on.
    if (Math.min(...current) > limit && Math.min(...previous) > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}

/**
 * The known name that somebody most likely meant, if one is near: at most a third of its letters differ, three at most;
 * else one that begins with what was written, or the other way round. Case, hyphens and underscores do not count. Among
 * equally near names the first in the order of `known` is taken.
 */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const folded = fold(name);
  let best: string | undefined;
  let nearest = Math.min(3, Math.max(1, Math.floor(folded.length / 3))) + 1;
  for (const candidate of known) {
    const steps = distance(folded, fold(candidate), nearest - 1);
    if (steps < nearest) [best, nearest] = [candidate, steps];
  }
  if (best !== undefined || folded.length < 3) return best;
  return known.find(
    candidate => candidate.length >= 3 && (folded.startsWith(fold(candidate)) || fold(candidate).startsWith(folded)),
  );
}
