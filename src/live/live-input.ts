import type { WantedKind } from '../cluster/wanted.ts';
import type { ExcludedEntry } from '../input/exclusion.ts';
import type { PassedOver } from '../input/source.ts';
import type { Unit } from '../resources/unit.ts';

/** An input that changes while it is read: the files of some paths, or the objects of a cluster. */
export interface LiveInput {
  /**
   * Begins to read. `onChange` is called, as often as it happens, when something changed that can matter; `cause` names
   * it for people (`Ingress shop/web modified`, `shop/web.yaml changed`).
   */
  start(onChange: (cause: string) => void): void;
  /** All that is known now; undefined until everything that is needed has been read once. */
  snapshot(): InputSnapshot | undefined;
  /**
   * Says what the last compilation looked up of a kind (`namespace/name`), there or not. The input keeps these alone; true
   * when it has them, or knows that they are not to be had. Otherwise `onChange` is called again once that is so.
   */
  want(kind: WantedKind, keys: ReadonlySet<string>): boolean;
  /** Reads everything again, soon. */
  resync(): void;
  /** Ends all that was started, child processes too. */
  stop(): Promise<void>;
}

export interface InputSnapshot {
  readonly units: readonly Unit[];
  /** Of files; 0 for a cluster. */
  readonly files: number;
  /** What was found beside them, and not read. */
  readonly excluded?: readonly ExcludedEntry[];
  /** It is only to be checked, with all that may be for the controller; and what of it is no manifest. */
  readonly toCheck?: { readonly passedOver: readonly PassedOver[] };
}
