import type { Directive } from '../support/nginx-parse.ts';

/** Names, numbers of arguments and nesting of directives, whatever their order: equal texts mean equal shapes. */
export function shapeOf(directives: readonly Directive[]): string {
  return directives
    .map(({ name, args, block }) => `${name}/${args.length}${block === undefined ? '' : `{${shapeOf(block)}}`}`)
    .toSorted()
    .join(' ');
}

/** How often each kind of directive stands, by name, number of arguments and the blocks around it. */
export function kindsOf(directives: readonly Directive[], above = ''): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  const add = (kind: string, count: number) => kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  for (const { name, args, block } of directives) {
    const kind = `${above}${name}/${args.length}`;
    add(kind, 1);
    for (const [below, count] of kindsOf(block ?? [], `${kind} > `)) add(below, count);
  }
  return kinds;
}

/** What one has that none of the others has, or has more often than each of them. */
export function surplus(actual: ReadonlyMap<string, number>, known: readonly ReadonlyMap<string, number>[]) {
  return [...actual]
    .filter(([kind, count]) => known.every(other => (other.get(kind) ?? 0) < count))
    .map(([kind, count]) => `${count} × ${kind}`);
}
