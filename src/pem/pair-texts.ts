/** The texts of a TLS Secret, and the PEM blocks in them that count. */
export interface PairTexts {
  readonly certificates: string;
  readonly keyText: string;
  /** The certificates, the leaf first. */
  readonly blocks: readonly string[];
  /** The first private key; empty where there is none. */
  readonly key: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----[A-Za-z0-9+/=\s]+-----END \1-----/;

export function findPair(certificates: string, keyText: string): PairTexts {
  const blocks = certificates.match(CERTIFICATE) ?? [];
  return { certificates, keyText, blocks, key: PRIVATE_KEY.exec(keyText)?.[0] ?? '' };
}
