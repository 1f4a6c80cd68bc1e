import { setsAuthorization } from './authorization.ts';

import type { Declaration, HeaderSet } from './declarations.ts';
import type { NginxModuleName } from '../options/nginx-modules.ts';
import type { Declared } from './made-parts.ts';

/** Two declarations came to one name: their names need more digits. */
export class SameNameError extends Error {}

export type TextDeclaration = Extract<Declaration, { readonly kind: 'text' }>;

/** What stands in http{} for all parts of a configuration, each once. */
export interface Gathered {
  /** In the order of the policies that ask for them, those of one by name. */
  readonly texts: readonly TextDeclaration[];
  /** By name. */
  readonly sets: readonly HeaderSet[];
  /** Whether any of the sets has it, so that it has a line among those of headers. */
  readonly setsAuthorization: boolean;
  /** Those that stock nginx has not, and that are used. */
  readonly modules: ReadonlySet<NginxModuleName>;
}

export function gather(used: Iterable<Declared>): Gathered {
  const byMark = new Map<string, Declaration>();
  for (const { declared } of used) {
    for (const each of declared) {
      const known = byMark.get(each.mark);
      if (known !== undefined && known.content !== each.content) throw new SameNameError(`two of ${each.mark}`);
      if (known === undefined || known.rank > each.rank) byMark.set(each.mark, each);
    }
  }
  const all = [...byMark.values()].toSorted((a, b) => a.rank - b.rank || (a.mark < b.mark ? -1 : 1));
  const sets = all.flatMap(each => (each.kind === 'headers' ? [each.set] : []));
  return {
    texts: all.flatMap(each => (each.kind === 'text' ? [each] : [])),
    sets: sets.toSorted((a, b) => (a.tag < b.tag ? -1 : 1)),
    setsAuthorization: sets.some(setsAuthorization),
    modules: new Set(all.flatMap(each => (each.kind === 'module' ? [each.module] : []))),
  };
}
