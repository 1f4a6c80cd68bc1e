import type { Directive } from '../support/nginx-parse.ts';

/** Blocks whose lines begin with data, not with the name of a directive. */
const TABLES: ReadonlySet<string> = new Set(['map', 'split_clients', 'geo']);

const isTable = ({ name }: Directive): boolean => TABLES.has(name);

/** Names, numbers of arguments and nesting of directives, whatever their order: equal texts mean equal shapes. */
export function shapeOf(directives: readonly Directive[]): string {
  return shapeIn(directives, false);
}

function shapeIn(directives: readonly Directive[], isOfTable: boolean): string {
  return directives
    .map(each => {
      const inside = each.block === undefined ? '' : `{${shapeIn(each.block, isTable(each))}}`;
      return `${isOfTable ? 'row' : each.name}/${each.args.length}${inside}`;
    })
    .toSorted()
    .join(' ');
}

/** How often each kind of directive stands, by name, number of arguments and the blocks around it. */
export function kindsOf(directives: readonly Directive[], above = '', isOfTable = false): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  const add = (kind: string, count: number) => kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  for (const each of directives) {
    const { name, args, block } = each;
    const kind = `${above}${isOfTable ? 'row' : name}/${args.length}`;
    add(kind, 1);
    for (const [below, count] of kindsOf(block ?? [], `${kind} > `, isTable(each))) add(below, count);
  }
  return kinds;
}

/** What one has that none of the others has, or has more often than each of them. */
export function surplus(actual: ReadonlyMap<string, number>, known: readonly ReadonlyMap<string, number>[]) {
  return [...actual]
    .filter(([kind, count]) => known.every(other => (other.get(kind) ?? 0) < count))
    .map(([kind, count]) => `${count} × ${kind}`);
}
