import type { ChainAdvice } from './chain.ts';
import { adviceOn } from './chain.ts';
import type { CertificateContent } from './content.ts';
import type { PairProblem } from './mistakes.ts';
import { isCutOff } from './mistakes.ts';
import { readByOpenssl } from './openssl-pair.ts';
import { findPair } from './pair-texts.ts';
import { readPlainPair } from './plain-pair.ts';

/** A certificate with its key, ready for nginx. */
export interface KeyPair extends CertificateContent {
  /** PEM blocks of certificates and nothing else, the leaf first. */
  readonly chain: string;
  /** One PEM block. Secret. */
  readonly key: string;
  /** The text goes on with a certificate whose end is missing; it is not in the chain. */
  readonly isCutOff: boolean;
  /** What clients will find wrong with it. */
  readonly advice: ChainAdvice;
}

function block(text: string): string {
  return `${text.replaceAll('\r', '').trim()}\n`;
}

/**
 * Reads a certificate chain and its key. Whatever stands between the PEM blocks is dropped, so that nothing of a Secret
 * reaches the disk but what nginx reads. nginx itself takes an RSA certificate with an EC key without a word: the pair
 * is compared here.
 */
export function readKeyPair(certificates: string, keyText: string): KeyPair | PairProblem {
  const texts = findPair(certificates, keyText);
  const content = readPlainPair(texts) ?? readByOpenssl(texts);
  if (!('names' in content)) return content;
  const { blocks, key } = texts;
  return {
    ...content,
    chain: blocks.map(block).join(''),
    key: block(key),
    isCutOff: isCutOff(certificates),
    advice: adviceOn(blocks),
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

/** The names of hosts that a certificate has: its common name counts where it has no other. */
export function namesOfPair({ names }: Pick<KeyPair, 'names'>): readonly string[] {
  const { alternative, common } = names;
  if (alternative.size > 0) return [...alternative];
  return common === undefined ? [] : [common];
}
