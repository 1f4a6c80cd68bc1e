import { diffRoutings } from '../answers/diff/diff.ts';
import type { RoutingDiff } from '../answers/diff/model.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { SideName } from './side-name.ts';
import type { Side, SideSettings } from './side.ts';
import { readSide } from './side.ts';

/** Both states that are compared. */
export interface BothSides<T> {
  readonly old: T;
  readonly new: T;
}

export type DiffAnswer =
  | { readonly kind: 'compared'; readonly diff: RoutingDiff; readonly sides: BothSides<Side> }
  /** What could not be read would look as if it were gone. */
  | { readonly kind: 'unread'; readonly sides: BothSides<Side> }
  | { readonly kind: 'refused'; readonly problem: string; readonly help?: string }
  | Interruption
  | Failure;

/** Reads both sides, one after the other, and compares what clients get. */
export async function diffSides(names: BothSides<SideName>, settings: SideSettings): Promise<DiffAnswer> {
  const old = await readSide(names.old, settings);
  if (old.kind !== 'side') return old;
  const now = await readSide(names.new, settings);
  if (now.kind !== 'side') return now;
  if (old.unread + now.unread > 0) return { kind: 'unread', sides: { old, new: now } };
  const diff = diffRoutings(old.routing, now.routing);
  return { kind: 'compared', diff, sides: { old, new: now } };
}
