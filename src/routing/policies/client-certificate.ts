/** Who may speak to a host, by the certificate that a client shows. */
export interface ClientCertificate {
  /** The id of a file of the routing, of the kind `authorities`. */
  readonly authorities: string;
  /** The id of one of the kind `revocations`; missing where nothing is revoked. */
  readonly revoked?: string;
  /** `optional` takes clients without a certificate, `optional_no_ca` those with any. */
  readonly verify: 'on' | 'off' | 'optional' | 'optional_no_ca';
  /** How many certificates may stand between that of a client and one of the authorities, and one more; at least 1. */
  readonly depth: number;
  /** Where clients are sent whose certificate is missing or not good: a URL, or a path of the host. */
  readonly errorPage?: string;
  /** Whether backends get the certificate itself. */
  readonly isPassed: boolean;
  /** A PCRE that is found in the subject of a certificate that is let in. */
  readonly subject?: string;
  /** Begins of paths that answer over plain HTTP, where no client shows a certificate, though one is required. */
  readonly open: readonly string[];
  /** It is of the default server: clients that name no host in the handshake see it, too. */
  readonly isOfAll: boolean;
}
