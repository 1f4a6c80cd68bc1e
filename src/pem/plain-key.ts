import { algorithmOnCurve, CURVES, isOnCurve } from './curves.ts';
import { DerWalk, TAG } from './der-walk.ts';

/** What the two halves of a pair have in common. */
export interface PublicHalf {
  /** The algorithm identifier, in hexadecimal digits of DER. */
  readonly algorithm: string;
  /** RSA: modulus and exponent, as two elements of DER; else the point. */
  readonly bytes: Buffer;
}

/** `rsaEncryption` with NULL. */
const RSA = '300d06092a864886f70d0101010500';

/** The bytes of a modulus: the least that OpenSSL takes at security level 2 (see `strength.ts`), and the most that is usual. */
const MODULUS = { least: 256, most: 1024 };

const EXPONENTS: ReadonlySet<string> = new Set(['0203010001', '020103']);

const VERSION = { zero: '020100', one: '020101' };

/** The first of the elements that a context numbers: what is named, not its type, tells what it is. */
const [FIRST, SECOND] = [0xa0, 0xa1];

/** `SubjectPublicKeyInfo`: of RSA or of a known curve, and strong enough for nginx. */
export function readPublicKey(walk: DerWalk): PublicHalf {
  const info = walk.enter(TAG.sequence);
  const algorithm = walk.whole(TAG.sequence);
  const bits = walk.enterBits();
  const bytes = algorithm === RSA ? readRsaPublicKey(walk) : walk.rest(bits);
  walk.leave(bits);
  walk.leave(info);
  const curve = CURVES.get(algorithm);
  walk.doubtUnless(algorithm === RSA || (curve !== undefined && isOnCurve(bytes, curve)));
  return { algorithm, bytes };
}

function readRsaPublicKey(walk: DerWalk): Buffer {
  const key = walk.enter(TAG.sequence);
  const { bytes } = readModulusAndExponent(walk);
  walk.leave(key);
  return bytes;
}

/** The modulus is odd, and its first bit is set: with a zero before it, for else it would be negative. */
function readModulusAndExponent(walk: DerWalk): { readonly bytes: Buffer; readonly size: number } {
  const from = walk.at;
  const { start, end } = walk.positive();
  const size = end - start - 1;
  const isUsual = walk.bytes[start] === 0 && ((walk.bytes[end - 1] ?? 0) & 1) === 1;
  walk.doubtUnless(isUsual && size >= MODULUS.least && size <= MODULUS.most);
  walk.doubtUnless(EXPONENTS.has(walk.whole(TAG.integer)));
  return { bytes: walk.bytes.subarray(from, walk.at), size };
}

/** The public half of the private key in a PEM block of this label; undefined if it takes OpenSSL to know. */
export function readPrivateKey(label: string, der: Buffer): PublicHalf | undefined {
  const read = READERS.get(label);
  if (read === undefined) return undefined;
  const walk = new DerWalk(der);
  const half = read(walk);
  walk.leave(der.length);
  return walk.isDoubtful ? undefined : half;
}

const READERS: ReadonlyMap<string, (walk: DerWalk) => PublicHalf> = new Map([
  ['RSA PRIVATE KEY', readRsaKey],
  ['EC PRIVATE KEY', (walk: DerWalk) => readCurveKey(walk, undefined)],
  ['PRIVATE KEY', readWrappedKey],
]);

/** `PrivateKeyInfo` of PKCS #8, without attributes. */
function readWrappedKey(walk: DerWalk): PublicHalf {
  const info = walk.enter(TAG.sequence);
  walk.doubtUnless(walk.whole(TAG.integer) === VERSION.zero);
  const algorithm = walk.whole(TAG.sequence);
  const key = walk.enter(TAG.octetString);
  const half = algorithm === RSA ? readRsaKey(walk) : readCurveKey(walk, algorithm);
  walk.leave(key);
  walk.leave(info);
  return half;
}

/** `RSAPrivateKey` of PKCS #1, with two primes. */
function readRsaKey(walk: DerWalk): PublicHalf {
  const key = walk.enter(TAG.sequence);
  walk.doubtUnless(walk.whole(TAG.integer) === VERSION.zero);
  const { bytes, size } = readModulusAndExponent(walk);
  // The private exponent, both primes, both exponents and the coefficient: newer versions of OpenSSL refuse a key
  // of which one has more bits than the modulus. None asks whether they belong together.
  for (let count = 0; count < 6; count += 1) {
    const { start, end } = walk.positive();
    walk.doubtUnless(end - start - (walk.bytes[start] === 0 ? 1 : 0) <= size);
  }
  walk.leave(key);
  return { algorithm: RSA, bytes };
}

/** `ECPrivateKey` of SEC 1. Both the curve and the point may be left out there; without the point, OpenSSL works it out. */
function readCurveKey(walk: DerWalk, outer: string | undefined): PublicHalf {
  const key = walk.enter(TAG.sequence);
  walk.doubtUnless(walk.whole(TAG.integer) === VERSION.one);
  const secret = walk.skip(TAG.octetString);
  const algorithm = walk.next() === FIRST ? readCurve(walk) : outer;
  const field = walk.enter(SECOND);
  const bits = walk.enterBits();
  const bytes = walk.rest(bits);
  walk.leave(bits);
  walk.leave(field);
  walk.leave(key);
  walk.doubtUnless(outer === undefined || outer === algorithm);
  walk.doubtUnless(CURVES.get(algorithm ?? '')?.size === secret.end - secret.start);
  return { algorithm: algorithm ?? '', bytes };
}

function readCurve(walk: DerWalk): string {
  const field = walk.enter(FIRST);
  const name = walk.whole(TAG.objectIdentifier);
  walk.leave(field);
  return algorithmOnCurve(name);
}
