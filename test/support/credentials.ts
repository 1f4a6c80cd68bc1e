import { readFileSync } from 'node:fs';

/** Certificates of `fixtures/certificates/`, by file name; each is self-signed and good until 2120 unless it says. */
export type CertificateName =
  /** shop.example.com and www.shop.example.com */
  | 'shop'
  /** *.apps.example.com */
  | 'wildcard'
  /** fallback.example.com, for `--default-ssl-certificate` */
  | 'fallback'
  /** other.example.com */
  | 'other'
  /** expired.example.com, until 2021 */
  | 'expired'
  /** legacy.example.com as common name, without alternative names */
  | 'common-name'
  /** address.example.com as common name; the only alternative name is an IP address */
  | 'address'
  /** no-subject.example.com, without a subject, as authorities on the Internet issue them; with its issuer */
  | 'no-subject'
  /** rsa-2048.example.com and names of all kinds, with its issuer of P-384 and the root */
  | 'rsa-2048'
  /** The name with .example.com, as those that follow */
  | 'rsa-3072'
  | 'rsa-4096'
  | 'p-384'
  | 'p-521'
  | 'ed25519'
  /** weak.example.com, with an RSA key of 1024 bits */
  | 'weak-key'
  /** weak.example.com, signed with SHA-1 by a CA that is not here */
  | 'weak-signature'
  /** logged.example.com, signed by `intermediate`, which is not in it; a public log lists it */
  | 'logged'
  /** aged.example.com, with an issuer that was good until 2024 */
  | 'aged'
  /** client-only.example.com, for clients only */
  | 'client-only'
  /** authority.example.com, which is an authority, signed by `root` */
  | 'authority'
  /** staging.example.com, of an authority that calls itself a staging one */
  | 'staging'
  /** brief.example.com, good for six days from 30 May 2025 on */
  | 'brief'
  | SignedName;

/** Certificates that an authority of `fixtures/certificates/` has signed. */
export type SignedName =
  /** CN=alice, signed by `clients` */
  | 'alice'
  /** CN=bob, signed by `clients`, which has revoked it */
  | 'bob'
  /** inner.example.com, signed by `clients` */
  | 'inner'
  /** CN=alice as well, but signed by `others` */
  | 'mallory';

const folder = new URL('../../fixtures/certificates/', import.meta.url);

export function pem(name: CertificateName): { readonly chain: string; readonly key: string } {
  return {
    chain: readFileSync(new URL(`${name}.crt`, folder), 'utf8'),
    key: readFileSync(new URL(`${name}.key`, folder), 'utf8'),
  };
}

/** `root` has signed `intermediate`. */
type AuthorityFile = 'clients.crt' | 'old-clients.crt' | 'others.crt' | 'clients.crl' | 'intermediate.crt' | 'root.crt';

/** The certificate of an authority, or what it has revoked. */
export function authority(file: AuthorityFile): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

/** Hashes for `auth` files: what `openssl passwd` printed for the passwords in `PASSWORDS`. */
export const HASHES = {
  /** apr1 */
  ines: '$apr1$Qm3vNb1e$WH4..mzQPyAmeXFSDE.WI/',
  tomasz: '$apr1$k2Lw8sZa$pwnxwqjYC4923ES4eEGN6.',
} as const;

export const PASSWORDS = { ines: 'rue-des-lilas', tomasz: 'zielona-gora' } as const;
