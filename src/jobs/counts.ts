import type { FlagsNeeded } from '../compile/class-groups.ts';

/** What a run read, and what it left out. */
export interface RunCounts {
  readonly files: number;
  /** Of the kinds that we read; Ingresses are among them. */
  readonly objects: number;
  readonly ingresses: number;
  /** Ingresses that are none of ours, by their class. */
  readonly leftOut: number;
  /** Objects of kinds that no route needs. */
  readonly skipped: number;
  /** What the controller needs to handle all Ingresses that were checked; missing where only its own were. */
  readonly needs?: FlagsNeeded;
}
