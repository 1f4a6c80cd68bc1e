import type { Provenance } from '../diagnostics/provenance.ts';

/** An htpasswd file. Equal ids mean equal files: namespace, Secret and the way in which it was read are in it. */
export interface PasswordFile {
  /** A checked file name without folder and ending, such as `shop_basic-auth`. */
  readonly id: string;
  /** Secret: lines of `user:hash`, each ended by a newline. */
  readonly content: string;
  readonly from: Provenance;
}

/** Who may enter a location, by user name and password. */
export interface BasicAuthPolicy {
  /** Shown by browsers; may be empty; never `off`. Holds no quote and no backslash. */
  readonly realm: string;
  readonly users: PasswordFile;
}
