/** What a certificate says, as far as anybody asks. */
export interface CertificateContent {
  readonly names: CertificateNames;
  readonly from: CertificateTime;
  readonly until: CertificateTime;
}

/** In lower case. */
export interface CertificateNames {
  /** The DNS names among its alternative names. */
  readonly alternative: ReadonlySet<string>;
  readonly common: string | undefined;
}

export interface CertificateTime {
  /** Milliseconds since 1970; NaN where nobody can read it. */
  readonly at: number;
  /** As OpenSSL writes it: `Jan  1 00:00:00 2020 GMT`. */
  readonly text: string;
}
