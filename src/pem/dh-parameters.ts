import { createSecureContext } from 'node:tls';

import type { Bundle } from './authorities.ts';
import { TAG } from './der-walk.ts';
import { sequenceOf } from './der.ts';
import { explainBundle } from './mistakes.ts';

const PARAMETERS = /-----BEGIN DH PARAMETERS-----([A-Za-z0-9+/=\s]+)-----END DH PARAMETERS-----/;

/** What OpenSSL asks for at security level 2, the default of Debian and of nginx's own images. */
const LEAST_BITS = 2048;

/** Reads Diffie-Hellman parameters that OpenSSL takes; the whole configuration would fail with others. */
export function readDhParameters(text: string, key: string): Bundle {
  const [pem, base64 = ''] = PARAMETERS.exec(text) ?? [];
  if (pem === undefined) return explainBundle(text, key, 'Diffie-Hellman parameters');
  const bits = bitsOf(Buffer.from(base64, 'base64'));
  const help = `make them again: openssl dhparam ${LEAST_BITS}`;
  if (bits === undefined || !isTaken(pem)) {
    return { message: `has Diffie-Hellman parameters under ${key} that cannot be read`, help };
  }
  if (bits < LEAST_BITS) {
    return { message: `has Diffie-Hellman parameters of ${bits} bits under ${key}, which OpenSSL rejects`, help };
  }
  return { content: `${pem.replaceAll('\r', '').trim()}\n` };
}

/** The bits of the prime: SEQUENCE { INTEGER prime, INTEGER generator … }. */
function bitsOf(der: Buffer): number | undefined {
  const [prime, generator] = sequenceOf(der) ?? [];
  if (prime?.tag !== TAG.integer || generator?.tag !== TAG.integer) return undefined;
  const digits = der.subarray(prime.start, prime.end).toString('hex').replace(/^0+/, '');
  return digits === '' ? 0 : (digits.length - 1) * 4 + Number.parseInt(digits.slice(0, 1), 16).toString(2).length;
}

function isTaken(dhparam: string): boolean {
  try {
    createSecureContext({ dhparam });
    return true;
  } catch {
    // Those that are too short for Node are said to be so.
    return dhparam.length < 400;
  }
}
