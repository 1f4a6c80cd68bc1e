// @ts-check
import { sign } from 'node:crypto';

import { bits, der, integer, oid, pem, sequence, tagged } from './der.mjs';
import { ecKeyOf, RSA_KEYS, rsaKeyOf, sha256 } from './keys.mjs';

/** @typedef {import('./keys.mjs').Key} Key */

const SHA256_WITH_RSA = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), der(0x05));
const TRUE = der(0x01, Buffer.of(0xff));
const [ISSUER_KEY] = RSA_KEYS;
const ISSUER = nameOf('Bench Issuing CA 1');
const VALIDITY = sequence(der(0x17, '240101000000Z'), der(0x17, '490101000000Z'));
/** Signature and key agreement; TLS servers; no authority. */
const USES = [
  extension(0x0f, der(0x03, Buffer.of(5, 0xa0)), true),
  extension(0x25, sequence(oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01))),
  extension(0x13, sequence(), true),
];

function nameOf(/** @type {string} */ commonName) {
  return sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, commonName))));
}

/** One of those whose identifier begins with 2.5.29. */
function extension(/** @type {number} */ number, /** @type {Uint8Array} */ value, isCritical = false) {
  return sequence(oid(0x55, 0x1d, number), ...(isCritical ? [TRUE] : []), der(0x04, value));
}

/** A certificate that the issuer of the bench has signed: in RSA, since the same input gives the same signature. */
function certificate(/** @type {readonly string[]} */ hosts, /** @type {Key} */ key) {
  if (ISSUER_KEY === undefined) throw new Error('there are no RSA keys');
  const names = extension(0x11, sequence(...hosts.map(host => der(0x82, host))));
  const content = sequence(
    tagged(0, integer(Buffer.of(2))),
    // A number must not begin with an empty byte.
    integer(Buffer.concat([Buffer.of(0x4d), sha256(`serial of ${hosts.join(' ')}`).subarray(0, 15)])),
    SHA256_WITH_RSA,
    ISSUER,
    VALIDITY,
    nameOf(hosts[0] ?? ''),
    key.spki,
    tagged(3, sequence(...USES, names)),
  );
  return pem('CERTIFICATE', sequence(content, SHA256_WITH_RSA, bits(sign('sha256', content, ISSUER_KEY))));
}

const base64 = (/** @type {string} */ text) => Buffer.from(text).toString('base64');

/**
 * A certificate for these hosts and its key, as the data of a Secret. Of three pairs one has an RSA key, of which there
 * are few; all others have a key of their own. Every fourth has another certificate behind it, as issuers deliver them.
 */
export function pairOf(/** @type {readonly string[]} */ hosts, /** @type {number} */ index) {
  const key = index % 3 === 0 ? rsaKeyOf(index / 3) : ecKeyOf(hosts.join(' '), index);
  const chain = index % 4 === 0 ? INTERMEDIATE : '';
  return { 'tls.crt': base64(`${certificate(hosts, key)}${chain}`), 'tls.key': base64(key.pem) };
}

const INTERMEDIATE = certificate(['issuer.example.com'], ecKeyOf('issuer', 0));
