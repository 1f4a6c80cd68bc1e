import type { Applier } from './model.ts';

export interface ApplierOptions {
  /** Absolute: the state folder, or the prefix. */
  readonly folder: string;
  /** `system`: an nginx that the system runs reads its configuration from the folder. */
  readonly kind: 'own' | 'system';
  /** The `--nginx` of the user. */
  readonly nginx: string | undefined;
  /** How long to wait for another run that holds the folder, and for a start or reload to be confirmed. */
  readonly timeoutMs: number;
  /** How many releases stay, the current one and the one before it at least. */
  readonly keepReleases: number;
  /** What this run does, for others that find the folder locked. With `stop`, no nginx program is needed. */
  readonly purpose: LockPurpose;
  /** Ends the waiting for the lock. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What a user should know though all goes well, in one line each. */
  readonly onNote?: (note: string) => void;
  /** Called right before each step that changes the disk or signals a process. */
  readonly onStep?: (step: string) => void;
}

export type LockPurpose = 'apply' | 'apply --watch' | 'rollback' | 'stop';

export type ApplierOpening =
  | { readonly kind: 'open'; readonly applier: Applier }
  | { readonly kind: 'interrupted' }
  /** Trouble of the environment, in one line: another run holds the folder, there is no nginx, it is too old. */
  | { readonly kind: 'unable'; readonly problem: string };

/** Takes the lock of the folder, makes good what an interrupted run left, and looks at nginx. */
export async function openApplier(options: ApplierOptions): Promise<ApplierOpening> {
  await Promise.resolve(options);
  return { kind: 'unable', problem: 'not built yet' };
}
