import type { Destination } from '../model.ts';
import type { HeaderText } from '../header-text.ts';
import type { Statement } from '../snippets.ts';
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
  /** Further headers that it gets. */
  readonly sent: readonly HeaderText[];
  /** Headers of its answer that the backend gets in place of those of the client. */
  readonly headers: readonly string[];
  /** Whether clients get its cookie with answers of any status, or only with those that are no errors. */
  readonly alwaysSetsCookie: boolean;
  /** The URL to which clients are sent whom it does not know (401). */
  readonly signIn: readonly TextPart[] | undefined;
  /** What somebody wrote for nginx to do where it is asked. */
  readonly statements?: readonly Statement[];
  readonly cache: AuthCache | undefined;
  /** The size of a buffer, into which the head of its answer must fit; undefined for that of all hosts. */
  readonly buffer: string | undefined;
}

/** Its answers are kept. */
export interface AuthCache {
  /** What tells them apart besides the host and the path of the location. */
  readonly key: readonly TextPart[];
  readonly path: string;
  /** For how long, as nginx writes it: statuses, if it is not for all that nginx keeps, and a time, with blanks between. */
  readonly valid: readonly string[];
}

/** Of all who are asked. */
export interface AuthRequests {
  /** Whether the requests to them are logged. */
  readonly isLogged: boolean;
}
