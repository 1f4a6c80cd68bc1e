import type { Destination } from '../model.ts';
import type { TextPart } from '../variable-text.ts';

/** Another service is asked whether a request may pass: it may if the answer is 2xx. */
export interface ExternalAuth {
  /** `self`: nginx itself, under a host that it serves. Undefined: it cannot be reached, so that nobody gets in. */
  readonly to: Destination | { readonly kind: 'self' } | undefined;
  readonly isTls: boolean;
  /** The host that it is asked for, without a port. */
  readonly host: readonly TextPart[];
  /** Path and query. */
  readonly uri: readonly TextPart[];
  /** GET, if nobody says otherwise; who does is told more, too. */
  readonly method: string | undefined;
  /** Where clients shall come back to. */
  readonly redirect: readonly TextPart[];
  /** Headers of its answer that the backend gets in place of those of the client. */
  readonly headers: readonly string[];
  /** Whether clients get its cookie with answers of any status, or only with those that are no errors. */
  readonly alwaysSetsCookie: boolean;
  /** The URL to which clients are sent whom it does not know (401). */
  readonly signIn: readonly TextPart[] | undefined;
}
