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
   * Says which Secrets (`namespace/name`) the last compilation looked up, there or not. The input keeps these alone; those
   * that it has to fetch first make `onChange` be called again. True when nothing has to be fetched.
   */
  wantSecrets(keys: ReadonlySet<string>): boolean;
  /** Reads everything again, soon. */
  resync(): void;
  /** Ends all that was started, child processes too. */
  stop(): Promise<void>;
}

export interface InputSnapshot {
  readonly units: readonly Unit[];
  /** Of files; 0 for a cluster. */
  readonly files: number;
}
