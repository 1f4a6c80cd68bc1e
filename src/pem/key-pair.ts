import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { weaknessOf } from './strength.ts';
import { explainPem, isCutOff } from './mistakes.ts';
import type { PairProblem } from './mistakes.ts';

/** A certificate with its key, ready for nginx. */
export interface KeyPair {
  /** PEM blocks of certificates and nothing else, the leaf first. */
  readonly chain: string;
  /** One PEM block. Secret. */
  readonly key: string;
  readonly leaf: X509Certificate;
  /** Asking the leaf itself takes microseconds each time, and every host with TLS asks. */
  readonly names: CertificateNames;
  /** When it is valid, in milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** The text goes on with a certificate whose end is missing; it is not in the chain. */
  readonly isCutOff: boolean;
}

/** In lower case. */
export interface CertificateNames {
  /** The DNS names among its alternative names. */
  readonly alternative: ReadonlySet<string>;
  readonly common: string | undefined;
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
  if (leaf === undefined) {
    const plain = { field: 'tls.crt', message: 'contains no certificate in PEM form' } as const;
    return explainPem({ text: certificates, other: keyText, field: 'tls.crt' }) ?? plain;
  }
  for (const [index, pem] of blocks.entries()) {
    const certificate = index === 0 ? leaf : readCertificate(pem);
    const unreadable = { message: 'that cannot be read', help: 'put the PEM text of the whole chain there again' };
    const problem = certificate === undefined ? unreadable : weaknessOf(certificate);
    if (problem === undefined) continue;
    const place = index === 0 ? '' : `, number ${index + 1} of its chain`;
    return { field: 'tls.crt', message: `contains a certificate ${problem.message}${place}`, help: problem.help };
  }
  const key = PRIVATE_KEY.exec(keyText)?.[0];
  const keyObject = key === undefined ? undefined : readKey(key);
  if (key === undefined || keyObject === undefined) {
    const message = 'contains no private key in PEM form that can be read without a password';
    return explainPem({ text: keyText, other: certificates, field: 'tls.key' }) ?? { field: 'tls.key', message };
  }
  if (!leaf.checkPrivateKey(keyObject)) return explainOtherKey(blocks, keyObject);
  const [from, until] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  return {
    chain: blocks.map(block).join(''),
    key: block(key),
    leaf,
    names: namesOf(leaf),
    from,
    until,
    isCutOff: isCutOff(certificates),
  };
}

/** The server's own certificate is the one of the key; nginx and the controller take the first one for it. */
function explainOtherKey(blocks: readonly string[], key: KeyObject): PairProblem {
  const own = blocks.findIndex(pem => readCertificate(pem)?.checkPrivateKey(key) === true);
  if (own === -1) {
    const help = 'put the private key that belongs to the certificate under "tls.key"';
    return { field: 'tls.key', message: 'contains the key of another certificate', help };
  }
  const message = `contains the certificate of its key as number ${own + 1} of tls.crt, but it must be the first`;
  return { field: 'tls.crt', message, help: 'put the certificate of the host first, then the intermediate ones' };
}

export function namesOf(leaf: X509Certificate): CertificateNames {
  const alternative = leaf.subjectAltName?.split(', ').filter(name => name.startsWith('DNS:')) ?? [];
  const common = leaf.subject.split('\n').findLast(line => line.startsWith('CN='));
  return {
    alternative: new Set(alternative.map(name => name.slice('DNS:'.length).toLowerCase())),
    common: common?.slice('CN='.length).toLowerCase(),
  };
}

/**
 * The names of which a certificate needs one to cover a host: its own, and that of the wildcard one label above. A `*`
 * stands for exactly one label; a wildcard host is covered only by itself.
 * Source: Go's crypto/x509, Certificate.VerifyHostname.
 */
export function namesFor(host: string): readonly string[] {
  const dot = host.indexOf('.');
  return dot > 0 ? [host, `*${host.slice(dot)}`] : [host];
}

/** Whether a certificate covers a host by an alternative name. */
export function coversByAlternativeName({ names }: Pick<KeyPair, 'names'>, host: string): boolean {
  return namesFor(host).some(name => names.alternative.has(name));
}

/**
 * Whether a certificate covers a host, be it by its common name where it has no DNS name.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/certificate.go, verifyHostname.
 */
export function coversHost(pair: Pick<KeyPair, 'names'>, host: string): boolean {
  const { alternative, common } = pair.names;
  if (alternative.size > 0) return coversByAlternativeName(pair, host);
  return common !== undefined && namesFor(host).includes(common);
}
