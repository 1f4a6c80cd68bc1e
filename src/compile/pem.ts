import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A certificate with its key, ready for nginx. */
export interface KeyPair {
  /** PEM blocks of certificates and nothing else, the leaf first. */
  readonly chain: string;
  /** One PEM block. Secret. */
  readonly key: string;
  readonly leaf: X509Certificate;
}

/** Why a pair is of no use; continues the sentence `the Secret … `. Never holds secret material. */
export interface PairProblem {
  /** The key of the Secret that is at fault. */
  readonly field: 'tls.crt' | 'tls.key';
  readonly message: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----[A-Za-z0-9+/=\s]+-----END \1-----/;

function block(text: string): string {
  return `${text.replaceAll('\r', '').trim()}\n`;
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    // What cannot be read is said by the caller, with its place.
    return undefined;
  }
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // Likewise.
    return undefined;
  }
}

/**
 * Reads a certificate chain and its key. Whatever stands between the PEM blocks is dropped, so that nothing of a Secret
 * reaches the disk but what nginx reads. nginx itself takes an RSA certificate with an EC key without a word: the pair
 * is compared here.
 */
export function readKeyPair(certificates: string, keyText: string): KeyPair | PairProblem {
  const blocks = certificates.match(CERTIFICATE) ?? [];
  const leaf = blocks[0] === undefined ? undefined : readCertificate(blocks[0]);
  if (leaf === undefined) return { field: 'tls.crt', message: 'holds no certificate in PEM form' };
  const broken = blocks.findIndex(pem => readCertificate(pem) === undefined);
  if (broken !== -1)
    return { field: 'tls.crt', message: `holds a certificate that cannot be read, number ${broken + 1} of its chain` };
  const key = PRIVATE_KEY.exec(keyText)?.[0];
  const keyObject = key === undefined ? undefined : readKey(key);
  if (key === undefined || keyObject === undefined) {
    return { field: 'tls.key', message: 'holds no private key in PEM form that can be read without a password' };
  }
  if (!leaf.checkPrivateKey(keyObject)) return { field: 'tls.key', message: 'holds the key of another certificate' };
  return { chain: blocks.map(block).join(''), key: block(key), leaf };
}

/** The DNS names of a certificate; without any alternative name of any kind, its common name (as the controller does). */
function namesOf(leaf: X509Certificate): readonly string[] {
  if (leaf.subjectAltName !== undefined) {
    return leaf.subjectAltName
      .split(', ')
      .filter(name => name.startsWith('DNS:'))
      .map(name => name.slice('DNS:'.length).toLowerCase());
  }
  const common = /^CN=(.+)$/m.exec(leaf.subject)?.[1];
  return common === undefined ? [] : [common.toLowerCase()];
}

/**
 * Whether a certificate covers a host. A `*` stands for exactly one label; a wildcard host is covered only by itself.
 * Source: Go's crypto/x509 VerifyHostname, and the fall-back to the common name of ingress-nginx 1.15.1.
 */
export function coversHost(leaf: X509Certificate, host: string): boolean {
  const parent = host.slice(host.indexOf('.'));
  return namesOf(leaf).some(
    name => name === host || (name.startsWith('*.') && name.slice(1) === parent && host !== parent),
  );
}
