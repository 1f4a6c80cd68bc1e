import type { HeaderText } from '../header-text.ts';

/** What all responses get and lose, where no location says otherwise. */
export interface ResponseHeaders {
  /** Sorted by name, each once; they replace those of the backend. */
  readonly headers: readonly HeaderText[];
  /** Names of headers of backends that clients do not see. */
  readonly hidden: readonly string[];
  /** Whether the version of nginx is in the Server header and on its error pages. */
  readonly showsVersion: boolean;
  /** Whether clients see the Server header of the backend. */
  readonly passesServer: boolean;
}
