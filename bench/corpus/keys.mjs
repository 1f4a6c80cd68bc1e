// @ts-check
import { createECDH, createHash, createPrivateKey, createPublicKey } from 'node:crypto';

import { bits, der, integer, oid, pem, sequence, tagged } from './der.mjs';

/** @typedef {{ readonly pem: string, readonly spki: Uint8Array }} Key a private key, and what a certificate says of it */

/**
 * How far the first prime lies behind a number of 1,024 bits that a hash gives. Searching them takes a second, so they
 * were found once.
 */
const PRIME_OFFSETS = [982, 424, 666, 146, 340];
const PUBLIC_EXPONENT = 65_537n;
const P256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const EC_PUBLIC_KEY = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

export const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest();

function prime(/** @type {number} */ number) {
  const bytes = Buffer.concat([0, 1, 2, 3].map(part => sha256(`prime ${number} ${part}`)));
  bytes.writeUInt8(bytes.readUInt8(0) | 0xc0, 0);
  bytes.writeUInt8(bytes.readUInt8(127) | 1, 127);
  return BigInt(`0x${bytes.toString('hex')}`) + BigInt(PRIME_OFFSETS[number] ?? 0);
}

/** What makes 1 of a number modulo another one, when both are multiplied. */
function inverse(/** @type {bigint} */ value, /** @type {bigint} */ modulus) {
  let [rest, next, factor, nextFactor] = [value % modulus, modulus, 1n, 0n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}

function rsaKey(/** @type {bigint} */ p, /** @type {bigint} */ q) {
  const text = (/** @type {bigint} */ value) => {
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
  };
  const d = inverse(PUBLIC_EXPONENT, (p - 1n) * (q - 1n));
  const parts = { n: p * q, e: PUBLIC_EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const texts = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, text(value)]));
  return createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...texts } });
}

/** A few RSA keys: one of each pair of primes. */
export const RSA_KEYS = PRIME_OFFSETS.flatMap((_, first) =>
  PRIME_OFFSETS.slice(0, first).map((_, second) => rsaKey(prime(first), prime(second))),
);

const spkiOf = (/** @type {import('node:crypto').KeyObject} */ key) =>
  createPublicKey(key).export({ type: 'spki', format: 'der' });

/** In both of the forms in which issuers hand keys out. */
const rsaKeys = RSA_KEYS.flatMap(key =>
  /** @type {const} */ (['pkcs1', 'pkcs8']).map(type => ({
    pem: String(key.export({ type, format: 'pem' })),
    spki: spkiOf(key),
  })),
);

/** One of the RSA keys. */
export function rsaKeyOf(/** @type {number} */ index) {
  const key = rsaKeys[index % rsaKeys.length];
  if (key === undefined) throw new Error('there are no RSA keys');
  return key;
}

/** A key on the curve P-256 for each name, in the form of OpenSSL or, for every second one, in PKCS #8. */
export function ecKeyOf(/** @type {string} */ name, /** @type {number} */ index) {
  const secret = sha256(`key of ${name}`);
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const algorithm = sequence(oid(...EC_PUBLIC_KEY), oid(...P256));
  const ec = (/** @type {readonly Uint8Array[]} */ ...parameters) =>
    sequence(integer(Buffer.of(1)), der(0x04, secret), ...parameters, tagged(1, bits(point)));
  const spki = sequence(algorithm, bits(point));
  if (index % 2 === 0) return { pem: pem('EC PRIVATE KEY', ec(tagged(0, oid(...P256)))), spki };
  return { pem: pem('PRIVATE KEY', sequence(integer(Buffer.of(0)), algorithm, der(0x04, ec()))), spki };
}
