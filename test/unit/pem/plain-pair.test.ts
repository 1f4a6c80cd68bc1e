import { createPrivateKey, X509Certificate } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { readByOpenssl } from '../../../src/pem/openssl-pair.ts';
import { findPair } from '../../../src/pem/pair-texts.ts';
import { readPlainPair } from '../../../src/pem/plain-pair.ts';
import { pem } from '../../support/credentials.ts';
import { derOf, nodesOf, placesIn } from '../../support/der-nodes.ts';
import type { PlainKind } from '../../support/pair-kinds.ts';
import { PLAIN_KINDS, pairOfKind } from '../../support/pair-kinds.ts';

const { chain, key } = pem('shop');
const rsa = pairOfKind('RSA of 3072 bits, PKCS #8');

/** A text of one PEM block with other bytes in it, all in hexadecimal digits. */
function withBytes(text: string, ...[old, other]: readonly [string, string]): string {
  const [, label = '', base64 = ''] = /-----BEGIN ([A-Z ]+)-----\n([^-]+)/.exec(text) ?? [];
  const digits = Buffer.from(base64, 'base64').toString('hex');
  if (!digits.includes(old)) throw new Error(`${old} is not in it`);
  return block(label, Buffer.from(digits.replaceAll(old, other), 'hex'));
}

function block(label: string, der: Buffer, line = 64): string {
  const lines = der.toString('base64').replaceAll(new RegExp(`.{1,${line}}`, 'g'), '$&\n');
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

/** The last bytes of the public half of a certificate and its key, each in hexadecimal digits. */
function tailOf(certificate: string, length: number): string {
  return new X509Certificate(certificate).publicKey
    .export({ format: 'der', type: 'spki' })
    .toString('hex')
    .slice(-length);
}

/** The key of P-256 without its public half, which OpenSSL works out. */
function withoutPublicHalf(key: string): string {
  const { d = '' } = createPrivateKey(key).export({ format: 'jwk' });
  const head = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420';
  return block('PRIVATE KEY', Buffer.concat([Buffer.from(head, 'hex'), Buffer.from(d, 'base64url')]));
}

/** A certificate with its alternative names twice, the second time with another letter. */
function withMoreNames(text: string): string {
  const nodes = nodesOf(new X509Certificate(text).raw) ?? [];
  const places = [...placesIn(nodes)];
  for (const { node, list } of places) {
    const isNames = node.tag === 0x30 && /^30..0603551d11/.test(derOf(node).toString('hex'));
    if (isNames)
      list.push(...(nodesOf(Buffer.from(derOf(node).toString('latin1').replace('shop', 'shoq'), 'latin1')) ?? []));
  }
  return block('CERTIFICATE', Buffer.concat(nodes.map(derOf)));
}

/** An RSA key whose first prime has a bit more than its modulus. */
function withLongPrime(key: string): string {
  const der = createPrivateKey(key).export({ format: 'der', type: 'pkcs1' });
  const nodes = nodesOf(der) ?? [];
  const [, modulus, , , prime] = [...placesIn(nodes)].map(({ node }) => node).filter(({ tag }) => tag === 0x02);
  if (modulus === undefined || prime === undefined) throw new Error('this is no RSA key');
  prime.content = Buffer.concat([Buffer.of(1), derOf(modulus).subarray(-384)]);
  return block('RSA PRIVATE KEY', Buffer.concat(nodes.map(derOf)));
}

const point = tailOf(chain, 16);
const besideCurve = `${point.slice(0, -1)}${point.endsWith('0') ? '1' : '0'}`;
const modulus = tailOf(rsa.certificates, 20);
const evenModulus = `${modulus.slice(0, 9)}0${modulus.slice(10)}`;

describe('a pair is read from its bytes, and as OpenSSL reads it:', () => {
  test.each<{ name: string; certificates: string; keyText: string }>([
    ...Object.keys(PLAIN_KINDS).map(name => ({ name, ...pairOfKind(name as PlainKind) })),
    {
      name: 'lines that end with CRLF',
      certificates: chain.replaceAll('\n', '\r\n'),
      keyText: key.replaceAll('\n', '\r\n'),
    },
    { name: 'text around the blocks', certificates: `subject=shop\n${chain}`, keyText: `Bag Attributes\n${key}\n\n` },
    { name: 'the chain before its key in one text', certificates: chain + key, keyText: chain + key },
    { name: 'dates in the past', certificates: pem('expired').chain, keyText: pem('expired').key },
  ])('$name', ({ certificates, keyText }) => {
    const texts = findPair(certificates, keyText);
    const plain = readPlainPair(texts);
    expect(plain).toBeDefined();
    expect(plain).toEqual(readByOpenssl(texts));
  });
});

describe('a pair is left to OpenSSL:', () => {
  test.each<{ name: string; crt: string; pair: string }>([
    { name: 'the key of another certificate', crt: chain, pair: pem('other').key },
    { name: 'a key without its public half', crt: chain, pair: withoutPublicHalf(key) },
    {
      name: 'a point beside its curve',
      crt: withBytes(chain, point, besideCurve),
      pair: withBytes(key, point, besideCurve),
    },
    {
      name: 'a modulus that is even',
      crt: withBytes(rsa.certificates, modulus, evenModulus),
      pair: withBytes(rsa.keyText, modulus, evenModulus),
    },
    { name: 'a prime that is longer than the modulus', crt: rsa.certificates, pair: withLongPrime(rsa.keyText) },
    { name: 'a short key', crt: pem('weak-key').chain, pair: pem('weak-key').key },
    { name: 'a short key further up its chain', crt: chain + pem('weak-key').chain, pair: key },
    { name: 'a weak signature', crt: pem('weak-signature').chain, pair: pem('weak-signature').key },
    { name: 'a certificate of version 1', crt: pem('common-name').chain, pair: pem('common-name').key },
    { name: 'Ed25519, whose keys have no public half', crt: pem('ed25519').chain, pair: pem('ed25519').key },
    { name: 'a name that is not ASCII', crt: withBytes(chain, hex('shop.'), hex('sh\u00f6p.')), pair: key },
    { name: 'a name with a comma', crt: withBytes(chain, hex('shop.'), hex('shop,')), pair: key },
    {
      name: 'a common name with a comma',
      crt: withBytes(chain, `0c10${hex('shop.')}`, `0c10${hex('shop,')}`),
      pair: key,
    },
    { name: 'an identifier that is none', crt: withBytes(chain, '0603551d0e', '0603558000'), pair: key },
    { name: 'other alternative names after the first ones', crt: withMoreNames(chain), pair: key },
    { name: '30 February', crt: withBytes(chain, hex('200101'), hex('200230')), pair: key },
    {
      name: 'two signatures of different algorithms',
      crt: withBytes(chain, '2a8648ce3d04030203', '2a8648ce3d04030303'),
      pair: key,
    },
    {
      name: 'bytes after the end',
      crt: block('CERTIFICATE', Buffer.concat([new X509Certificate(chain).raw, Buffer.of(0)])),
      pair: key,
    },
    { name: 'longer lines', crt: block('CERTIFICATE', new X509Certificate(chain).raw, 76), pair: key },
    { name: 'an empty line before the END line', crt: chain.replace('\n-----END', '\n\n-----END'), pair: key },
    { name: 'a blank at the end of a line', crt: chain.replace('\n-----END', ' \n-----END'), pair: key },
    { name: 'a label for another kind of key', crt: chain, pair: key.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY') },
    { name: 'no key', crt: chain, pair: '' },
    { name: 'no certificate', crt: '', pair: key },
  ])('$name', ({ crt, pair }) => {
    expect(readPlainPair(findPair(crt, pair))).toBeUndefined();
  });
});
