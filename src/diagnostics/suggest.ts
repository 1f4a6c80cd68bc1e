/** Letters to insert, delete, replace or swap with a neighbour to get from one word to the other, up to `limit` + 1. */
function distance(from: string, to: string, limit: number): number {
  const far = limit + 1;
  if (Math.abs(from.length - to.length) > limit) return far;
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  let leastBefore = 0;
  for (let row = 1; row <= from.length; row++) {
    // What is further from the diagonal takes more steps than the limit.
    const last = Math.min(to.length, row + limit);
    const current = Array.from<number>({ length: to.length + 1 }).fill(far);
    current[0] = row;
    let least = row;
    for (let column = Math.max(1, row - limit); column <= last; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] ?? far) + 1,
        (current[column - 1] ?? far) + 1,
        (previous[column - 1] ?? far) + (isSame ? 0 : 1),
      );
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && isSwapped) cost = Math.min(cost, (before[column - 2] ?? far) + 1);
      if (cost < least) least = cost;
      current[column] = cost;
    }
    // Both rows that the next one is made of are beyond the limit: so are all to come.
    if (least > limit && leastBefore > limit) return far;
    [before, previous, leastBefore] = [previous, current, least];
  }
  return Math.min(far, previous[to.length] ?? far);
}

/** The first of several texts that differs from one by two letters at most, of a short one by one; never itself. */
export function suggestNear(text: string, known: readonly string[]): string | undefined {
  const limit = text.length < 5 ? 1 : 2;
  return known.find(each => each !== text && isNear(each, text, limit));
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}

/** Known names are few, and asked for with each unknown one. */
const FOLDED = new Map<string, string>();

function foldKnown(name: string): string {
  const folded = FOLDED.get(name) ?? fold(name);
  FOLDED.set(name, folded);
  return folded;
}

/** Whether a text differs from another one by so many letters at most; capitals do not count. */
export function isNear(text: string, known: string, limit: number): boolean {
  return Math.abs(text.length - known.length) <= limit && distance(text.toLowerCase(), known, limit) <= limit;
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
    const steps = distance(folded, foldKnown(candidate), nearest - 1);
    if (steps < nearest) [best, nearest] = [candidate, steps];
  }
  if (best !== undefined || folded.length < 3) return best;
  return known.find(
    candidate =>
      candidate.length >= 3 && (folded.startsWith(foldKnown(candidate)) || foldKnown(candidate).startsWith(folded)),
  );
}

/** Shorter names are other words where two letters differ. */
const LONG_NAME = 6;

/** The only known name that begins with what was written. */
export function onlyBeginning(name: string, known: readonly string[]): string | undefined {
  const folded = fold(name);
  const [first, ...others] = known.filter(candidate => foldKnown(candidate).startsWith(folded));
  return folded.length >= LONG_NAME && others.length === 0 ? first : undefined;
}

/**
 * The known name that was meant beyond doubt: the only one that is the same but for case, hyphens and underscores; else
 * one of which one or two letters differ, if of every other one at least two more do.
 */
export function onlyNear(name: string, known: readonly string[]): string | undefined {
  const folded = fold(name);
  const limit = folded.length < LONG_NAME ? 1 : 2;
  const distances = known.map(candidate => distance(folded, foldKnown(candidate), limit + 1));
  const least = Math.min(...distances);
  if (least > limit) return undefined;
  const rivals = distances.filter(each => each === least || (least > 0 && each <= least + 1));
  return rivals.length === 1 ? known[distances.indexOf(least)] : undefined;
}
