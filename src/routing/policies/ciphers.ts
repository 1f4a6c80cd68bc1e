/** The ciphers of TLS 1.2 and older. */
export interface Ciphers {
  /** An OpenSSL list that OpenSSL takes. */
  readonly list: string;
}
