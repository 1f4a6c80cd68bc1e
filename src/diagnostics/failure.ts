/**
 * Work that came to nothing for a reason outside of the manifests: the disk, a program, the cluster. What is wrong in
 * the manifests is a finding.
 */
export interface Failure {
  readonly kind: 'failed';
  /** For people, without a full stop at the end; may quote what a program said. */
  readonly problem: string;
}

/** Work that was ended before it was done, by a signal of the user or of the system; nothing is wrong. */
export interface Interruption {
  readonly kind: 'interrupted';
}

export function failure(problem: string): Failure {
  return { kind: 'failed', problem };
}

/** What was thrown, in its own words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A bug of ours in the words of a log line, where it must not end what runs for long. */
export function internalError(error: unknown): string {
  return `internal error: ${messageOf(error)}`;
}
