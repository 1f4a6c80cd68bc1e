/** TLS with clients, of all hosts. */
export interface Tls {
  /** Tokens such as `TLSv1.2`. */
  readonly protocols: readonly string[];
  /** An OpenSSL cipher list. */
  readonly ciphers: string;
}
