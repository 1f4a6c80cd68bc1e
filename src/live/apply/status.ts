import type { CurrentRelease } from './model.ts';

/** What `status` says about a state folder; nothing is changed and no lock is needed for it. */
export interface ServingStatus {
  readonly folder: string;
  readonly release: CurrentRelease | undefined;
  readonly nginx: NginxStatus | undefined;
  /** Workers that serve on though their master is gone; the next apply ends them. */
  readonly orphans: number;
  readonly lastError: PastError | undefined;
  /** Whether an apply ended between its switch and its end: the next one puts that right. */
  readonly isInterrupted: boolean;
  readonly holder: LockHolder | undefined;
}

export interface NginxStatus {
  readonly pid: number;
  /** Those that take new connections. */
  readonly workers: number;
  /** Old ones that only finish what they began. */
  readonly workersShuttingDown: number;
  /** TCP addresses that are open, such as `0.0.0.0:8080`, sorted. */
  readonly listeners: readonly string[];
}

export interface PastError {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly problem: string;
}

/** Who holds the lock of a state folder. */
export interface LockHolder {
  readonly pid: number;
  /** What it does, such as `apply --watch`. */
  readonly purpose: string;
}

/** @param folder Absolute. Undefined when nothing was ever applied there. */
export async function readStatus(folder: string): Promise<ServingStatus | undefined> {
  await Promise.resolve(folder);
  return undefined;
}
