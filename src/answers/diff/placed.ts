import type { Origin } from '../../diagnostics/place.ts';
import type { Risk } from './kinds.ts';
import type { Change, DiffNote, RoutingDiff } from './model.ts';

/** Who asked for something, and where it is written. */
export interface PlacedCause {
  /** `Ingress shop/web`; undefined for a default. */
  readonly object?: string;
  /** `annotation auth-url`, `option ssl-redirect`; undefined where it is a field of the object. */
  readonly setting?: string;
  readonly at?: Pick<Origin, 'file' | 'line' | 'column'>;
}

export interface PlacedSide {
  readonly text: string;
  readonly causes: readonly PlacedCause[];
}

export interface PlacedChange extends Omit<Change, 'before' | 'after'> {
  readonly risk: Risk;
  readonly before: PlacedSide | undefined;
  readonly after: PlacedSide | undefined;
}

/** What was compared, as the command line names it. */
export interface DiffSide {
  readonly name: string;
  /** Errors: what they are about is missing from what is compared. */
  readonly errors: number;
  /** Those of them by which a file or a document could not be read. */
  readonly unread: number;
  readonly notes: readonly string[];
}

/** Two states that are not compared, since at least one of them could not be read. */
export type UnreadSides = Pick<PlacedDiff, 'old' | 'new'>;

/** A difference with its places, for formats. */
export interface PlacedDiff {
  readonly old: DiffSide;
  readonly new: DiffSide;
  readonly changes: readonly PlacedChange[];
  readonly notes: readonly DiffNote[];
  readonly counts: RoutingDiff['counts'];
}
