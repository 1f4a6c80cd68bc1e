import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import type { ApplierOptions, LockPurpose } from '../live/apply/applier.ts';
import { openApplier } from '../live/apply/applier.ts';
import type { Applier } from '../live/apply/model.ts';
import { isSystemError } from '../output/disk.ts';

/** Which nginx is meant, where it is served from, and how long it may take. */
export type NginxOptions = Omit<ApplierOptions, 'purpose' | 'signal' | 'onNote' | 'onStep' | 'now'>;

export interface ServingRequest {
  readonly nginx: NginxOptions;
  readonly signal: AbortSignal;
}

/** What was done with an applier, or why there was none. */
export type Served<T> =
  | { readonly kind: 'done'; readonly value: T; readonly notes: readonly string[] }
  | Interruption
  | Failure;

/** Does something with an nginx, alone: others that would change it wait. */
export async function withApplier<T>(
  { nginx, signal }: ServingRequest,
  purpose: LockPurpose,
  work: (applier: Applier) => Promise<T>,
): Promise<Served<T>> {
  const notes: string[] = [];
  const opening = await openApplier({
    ...nginx,
    now: Date.now,
    purpose,
    signal,
    onNote: note => void notes.push(note),
  });
  if (opening.kind !== 'open') return opening;
  try {
    return { kind: 'done', value: await work(opening.applier), notes };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(error.message);
  } finally {
    opening.applier.close();
  }
}
