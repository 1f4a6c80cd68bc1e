import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { identityOf } from '../diagnostics/identity.ts';
import { objectFinder } from '../manifests/object-name.ts';
import type { Loaded } from './loaded.ts';

/** Findings of one state, apart by whether another one has the same. */
export interface SideFindings {
  readonly own: readonly Diagnostic[];
  readonly shared: readonly Diagnostic[];
}

/** What is found in one state and not in another one, wherever it is written there. */
export function findingsBeside(loaded: Loaded | undefined, other: Loaded | undefined): SideFindings {
  if (loaded === undefined) return { own: [], shared: [] };
  const known = new Set(other === undefined ? [] : keysOf(other));
  const keys = keysOf(loaded);
  const isShared = (index: number): boolean => known.has(keys[index] ?? '');
  return {
    own: loaded.diagnostics.filter((_, index) => !isShared(index)),
    shared: loaded.diagnostics.filter((_, index) => isShared(index)),
  };
}

function keysOf({ diagnostics, documents }: Loaded): readonly string[] {
  const context = { objectOf: objectFinder(documents) };
  return diagnostics.map(found => `${found.severity} ${identityOf(found, context)}`);
}
