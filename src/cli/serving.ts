import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { isSystemError } from '../output/disk.ts';
import type { Applier } from '../live/apply/model.ts';
import type { ApplierOptions, LockPurpose } from '../live/apply/applier.ts';
import { openApplier } from '../live/apply/applier.ts';
import type { Listeners } from '../routing/model.ts';
import type { ServingFlags } from './serving-flags.ts';
import { placeOf } from './serving-flags.ts';

/** What was done with an applier, or why there was none. */
export type Served<T> =
  | { readonly kind: 'done'; readonly value: T; readonly notes: readonly string[] }
  | Interruption
  | Failure;

export interface ServingRequest {
  readonly flags: ServingFlags;
  readonly purpose: LockPurpose;
  readonly signal: AbortSignal;
}

/** Does something with the nginx that the flags name, alone: others that would change it wait. */
export async function withApplier<T>(
  { flags, purpose, signal }: ServingRequest,
  work: (applier: Applier) => Promise<T>,
): Promise<Served<T>> {
  const notes: string[] = [];
  const opening = await openApplier({
    ...applierOptions(flags),
    purpose,
    signal,
    onNote: note => void notes.push(note),
  });
  switch (opening.kind) {
    case 'interrupted':
    case 'failed':
      return opening;
    case 'open':
      try {
        return { kind: 'done', value: await work(opening.applier), notes };
      } catch (error) {
        if (!isSystemError(error)) throw error;
        return failure(error.message);
      } finally {
        opening.applier.close();
      }
  }
}

export function applierOptions(flags: ServingFlags): Omit<ApplierOptions, 'purpose' | 'signal'> {
  const { nginx, timeout, keepReleases = Infinity } = flags;
  return { ...placeOf(flags), nginx, timeoutMs: timeout * 1_000, keepReleases, now: Date.now };
}

/** Where to look at what is served, such as `http://127.0.0.1:8080`. */
export function addressOf({ addresses, httpPort }: Listeners): string {
  const [first = ''] = addresses;
  const isAll = addresses.includes('0.0.0.0');
  const address = isAll ? '127.0.0.1' : first === '::' ? '::1' : first;
  return `http://${address.includes(':') ? `[${address}]` : address}${httpPort === 80 ? '' : `:${httpPort}`}`;
}
