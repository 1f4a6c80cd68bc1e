/** How TLS connections to backends are made, where somebody asks for more than that. */
export interface BackendTls {
  /** The id of a file of the kind `authorities`; missing: those of certificates that nobody checks. */
  readonly authorities?: string;
  /** The id of a file of the kind `key-pair`, which backends are shown; missing: they are shown none. */
  readonly keyPair?: string;
  /** An OpenSSL list. */
  readonly ciphers: string;
  /** `TLSv1.2`, `TLSv1.3` or both, in this order. */
  readonly protocols: readonly string[];
  /** Whether the certificate of a backend must be good, and bear the name. */
  readonly isVerified: boolean;
  /** How many certificates may follow that of the backend in its chain; at least 1. */
  readonly depth: number;
  /** A text in which variables of nginx count; missing: nobody looks at it. */
  readonly name?: string;
  /** Whether backends are told the name by SNI. */
  readonly sendsName: boolean;
}
