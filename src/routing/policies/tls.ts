/** TLS with clients, of all hosts. */
export interface Tls {
  /** Tokens such as `TLSv1.2`. */
  readonly protocols: readonly string[];
  /** An OpenSSL cipher list. */
  readonly ciphers: string;
  /** Names of groups with `:` between them; missing: those that OpenSSL prefers. */
  readonly curves?: string;
  /** The id of a file of the kind `dh-parameters`; missing: no ciphers that need some. */
  readonly dhParameters?: string;
  /** Clients may send a request before the handshake is complete. */
  readonly takesEarlyData?: true;
  /** Clients that name no host that is there get no certificate at all. */
  readonly rejectsUnknown?: true;
}
