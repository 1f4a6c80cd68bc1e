import type { CertificateContent } from './content.ts';
import { DerWalk, TAG } from './der-walk.ts';
import type { PublicHalf } from './plain-key.ts';
import { readPublicKey } from './plain-key.ts';
import { readPemBlock } from './plain-pem.ts';
import { readDnsNames, readName, readSubject } from './plain-names.ts';
import { readTime } from './plain-time.ts';

export interface PlainCertificate {
  readonly key: PublicHalf;
  readonly content: CertificateContent;
}

/** The algorithms of signatures that OpenSSL takes, none of which is weak: hexadecimal digits of their identifiers. */
const SIGNATURES: ReadonlySet<string> = new Set([
  // RSA with SHA-256, SHA-384 and SHA-512.
  '300d06092a864886f70d01010b0500',
  '300d06092a864886f70d01010c0500',
  '300d06092a864886f70d01010d0500',
  // ECDSA with the same.
  '300a06082a8648ce3d040302',
  '300a06082a8648ce3d040303',
  '300a06082a8648ce3d040304',
]);

const VERSION_3 = 'a003020102';
const TRUE = '0101ff';
const EXTENSIONS = 0xa3;

const SUBJECT_ALTERNATIVE_NAME = '0603551d11';

/**
 * Reads the certificate of a PEM block, if it is of the form that nearly all have. Undefined where anything is otherwise: then OpenSSL reads it,
 * whose verdict counts. What is read here OpenSSL takes, and reads the same.
 */
export function readPlainCertificate(pem: string): PlainCertificate | undefined {
  const der = readPemBlock(pem)?.der;
  if (der === undefined) return undefined;
  const walk = new DerWalk(der);
  const certificate = walk.enter(TAG.sequence);
  const signed = walk.enter(TAG.sequence);
  walk.doubtUnless(walk.whole(0xa0) === VERSION_3);
  walk.positive();
  const signature = walk.whole(TAG.sequence);
  readName(walk);
  const validity = walk.enter(TAG.sequence);
  const [from, until] = [readTime(walk), readTime(walk)];
  walk.leave(validity);
  const commonName = readSubject(walk);
  const key = readPublicKey(walk);
  const dnsNames = walk.isDone(signed) ? [] : readExtensions(walk);
  walk.leave(signed);
  walk.doubtUnless(SIGNATURES.has(signature) && walk.whole(TAG.sequence) === signature);
  const bits = walk.enterBits();
  walk.doubtUnless(walk.rest(bits).length > 0);
  walk.leave(certificate);
  walk.leave(der.length);
  if (walk.isDoubtful) return undefined;
  const names = { alternative: new Set(dnsNames.map(name => name.toLowerCase())), common: commonName?.toLowerCase() };
  return { key, content: { names, from, until } };
}

/** The DNS names among the alternative names. OpenSSL reads no other extension before a client connects. */
function readExtensions(walk: DerWalk): readonly string[] {
  let names: readonly string[] | undefined;
  const field = walk.enter(EXTENSIONS);
  const list = walk.enter(TAG.sequence);
  while (!walk.isDone(list)) {
    const extension = walk.enter(TAG.sequence);
    const identifier = walk.identifier();
    if (walk.next() === TAG.boolean) walk.doubtUnless(walk.whole(TAG.boolean) === TRUE);
    const content = walk.enter(TAG.octetString);
    if (identifier === SUBJECT_ALTERNATIVE_NAME) {
      walk.doubtUnless(names === undefined);
      names = readDnsNames(walk);
    } else walk.rest(content);
    walk.leave(content);
    walk.leave(extension);
  }
  walk.leave(list);
  walk.leave(field);
  return names ?? [];
}
