import type { Ingress } from '../resources/model.ts';
import type { Family } from './family.ts';

/** Which families read an annotation. */
export interface Readers {
  /** The first that reads the annotation of this name. */
  readonly first: (name: string) => Family | undefined;
  /** The families that an Ingress has annotations of, in their order. */
  readonly touched: (ingress: Pick<Ingress, 'annotations' | 'annotationsPrefix'>) => readonly Family[];
  /** Compares families, for sorting. */
  readonly inOrder: (one: Family, other: Family) => number;
}

const NOBODY: readonly Family[] = [];

export function readersOf(families: readonly Family[]): Readers {
  const byName = new Map<string, Family[]>();
  for (const family of families) {
    for (const name of Object.keys(family.annotations)) {
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [family]);
      else others.push(family);
    }
  }
  const byKey = keyedBy(byName);
  const ranks = new Map(families.map((family, rank) => [family, rank]));
  const inOrder: Readers['inOrder'] = (one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0);
  return {
    first: name => byName.get(name)?.[0],
    touched({ annotations, annotationsPrefix }) {
      const readers = byKey(annotationsPrefix);
      let touched: Family[] | undefined;
      for (const key in annotations) {
        for (const family of readers.get(key) ?? NOBODY) {
          touched ??= [];
          if (!touched.includes(family)) touched.push(family);
        }
      }
      return touched?.toSorted(inOrder) ?? NOBODY;
    },
    inOrder,
  };
}

/** The same by whole keys, so that no key has to be cut. All Ingresses of a run have one prefix. */
function keyedBy<T>(byName: ReadonlyMap<string, T>): (prefix: string) => ReadonlyMap<string, T> {
  let latest: { readonly prefix: string; readonly byKey: ReadonlyMap<string, T> } | undefined;
  return prefix => {
    if (latest?.prefix !== prefix) {
      latest = { prefix, byKey: new Map([...byName].map(([name, value]) => [prefix + name, value])) };
    }
    return latest.byKey;
  };
}
