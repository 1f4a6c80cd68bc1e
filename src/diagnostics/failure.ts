/**
 * Work that came to nothing for a reason outside of the manifests: the disk, a program, the cluster. What is wrong in
 * the manifests is a finding.
 */
export interface Failure {
  readonly kind: 'failed';
  /** For people: without a line break and without a full stop at the end. */
  readonly problem: string;
}

/** Work that was ended before it was done, by a signal of the user or of the system; nothing is wrong. */
export interface Interruption {
  readonly kind: 'interrupted';
}

export function failure(problem: string): Failure {
  return { kind: 'failed', problem };
}
