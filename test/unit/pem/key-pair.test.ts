import { X509Certificate, createPrivateKey } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { coversByAlternativeName, coversHost, readKeyPair } from '../../../src/pem/key-pair.ts';
import type { KeyPair } from '../../../src/pem/key-pair.ts';
import { pem } from '../../support/credentials.ts';
import type { CertificateName } from '../../support/credentials.ts';

function pairOf(name: CertificateName): KeyPair {
  const pair = readKeyPair(pem(name).chain, pem(name).key);
  if (!('chain' in pair)) throw new Error(pair.message);
  return pair;
}
const { chain, key } = pem('shop');

/** The certificate with another byte in its public key, a point of P-256. */
function withOtherPoint(chain: string): string {
  const { raw } = new X509Certificate(chain);
  const point = raw.indexOf(Buffer.from('03420004', 'hex')) + 4;
  raw[point] = (raw[point] ?? 0) ^ 1;
  const lines = raw.toString('base64').replaceAll(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

describe('a key pair', () => {
  test('is taken as it is', () => {
    expect(readKeyPair(chain, key)).toMatchObject({ chain, key });
  });

  test.each([
    { name: 'CRLF', crt: chain.replaceAll('\n', '\r\n'), pair: key.replaceAll('\n', '\r\n') },
    { name: 'blanks around', crt: `\n\n ${chain}\n\n`, pair: `\n${key}\n\n` },
    { name: 'text between the blocks', crt: `subject=shop\n${chain}`, pair: `Bag Attributes\n${key}` },
    {
      name: 'another block before the key',
      crt: chain,
      pair: `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${key}`,
    },
  ])('may have $name, which is dropped', ({ crt, pair }) => {
    expect(readKeyPair(crt, pair)).toMatchObject({ chain, key });
  });

  test('says that its chain is cut off, and takes what is whole', () => {
    const cut = chain.slice(0, chain.length / 2);
    expect(readKeyPair(`${chain}${cut}`, key)).toMatchObject({ chain, key, isCutOff: true });
    expect(readKeyPair(chain, key)).toMatchObject({ isCutOff: false });
  });

  test('keeps the order of its chain', () => {
    const other = pem('other').chain;
    expect(readKeyPair(chain + other, key)).toMatchObject({ chain: chain + other });
  });

  test.each([
    { name: 'nothing', crt: '', pair: key, field: 'tls.crt', message: 'has nothing under tls.crt' },
    { name: 'no PEM', crt: 'hello', pair: key, field: 'tls.crt', message: 'contains no certificate in PEM form' },
    {
      name: 'a block that is no certificate',
      crt: '-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n',
      pair: key,
      field: 'tls.crt',
      message: 'has a damaged certificate',
    },
    {
      name: 'a broken chain',
      crt: `${chain}-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n`,
      pair: key,
      field: 'tls.crt',
      message: 'contains a certificate that cannot be read, number 2 of its chain',
    },
    {
      name: 'a certificate whose public key is not on its curve',
      crt: withOtherPoint(chain),
      pair: key,
      field: 'tls.crt',
      message: 'has a damaged certificate',
    },
    {
      name: 'such a certificate further up its chain',
      crt: chain + withOtherPoint(pem('other').chain),
      pair: key,
      field: 'tls.crt',
      message: 'contains a certificate that cannot be read, number 2 of its chain',
    },
    {
      name: 'no key',
      crt: chain,
      pair: '',
      field: 'tls.key',
      message: 'has nothing under tls.key',
    },
    {
      name: 'text that is no key',
      crt: chain,
      pair: 'hello',
      field: 'tls.key',
      message: 'contains no private key in PEM form that can be read without a password',
    },
    {
      name: 'the certificate of the host behind the one that issued it',
      crt: pem('other').chain + chain,
      pair: key,
      field: 'tls.crt',
      message: 'contains the certificate of its key as number 2 of tls.crt, but it must be the first',
    },
    {
      name: 'certificate and key swapped',
      crt: key,
      pair: chain,
      field: 'tls.crt',
      message: 'has its key under tls.crt and its certificate under tls.key',
    },
    { name: 'a key twice', crt: key, pair: key, field: 'tls.crt', message: 'contains a private key under tls.crt' },
    {
      name: 'a certificate twice',
      crt: chain,
      pair: chain,
      field: 'tls.key',
      message: 'contains a certificate under tls.key',
    },
    {
      name: 'a certificate that is encoded twice',
      crt: Buffer.from(chain).toString('base64'),
      pair: key,
      field: 'tls.crt',
      message: 'has a tls.crt that is encoded in base64 twice',
    },
    {
      name: 'a key that is encoded twice, in lines',
      crt: chain,
      pair: Buffer.from(key).toString('base64').replaceAll(/.{76}/g, '$&\n'),
      field: 'tls.key',
      message: 'has a tls.key that is encoded in base64 twice',
    },
    {
      name: 'a certificate that is cut off',
      crt: chain.slice(0, -60),
      pair: key,
      field: 'tls.crt',
      message: 'has a certificate that is cut off: its END line is missing',
    },
    {
      name: 'a key that is cut off',
      crt: chain,
      pair: key.slice(0, 100),
      field: 'tls.key',
      message: 'has a private key that is cut off: its END line is missing',
    },
    {
      name: 'a certificate on one line',
      crt: chain.replaceAll('\n', ' '),
      pair: key,
      field: 'tls.crt',
      message: 'has a tls.crt whose line breaks are missing',
    },
    {
      name: 'a certificate with escaped line breaks',
      crt: chain.replaceAll('\n', String.raw`\n`),
      pair: key,
      field: 'tls.crt',
      message: String.raw`has the two characters "\n" in tls.crt where lines should end`,
    },
    {
      name: 'a certificate in DER form',
      crt: new X509Certificate(chain).raw.toString('latin1'),
      pair: key,
      field: 'tls.crt',
      message: 'has a tls.crt in DER form',
    },
    {
      name: 'a key in DER form',
      crt: chain,
      pair: createPrivateKey(key).export({ format: 'der', type: 'pkcs8' }).toString('latin1'),
      field: 'tls.key',
      message: 'has a tls.key in DER form',
    },
    {
      name: 'a key with a password',
      crt: chain,
      pair: String(
        createPrivateKey(key).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }),
      ),
      field: 'tls.key',
      message: 'contains a private key with a password',
    },
    {
      name: 'a request for a certificate',
      crt: '-----BEGIN CERTIFICATE REQUEST-----\naGVsbG8=\n-----END CERTIFICATE REQUEST-----\n',
      pair: key,
      field: 'tls.crt',
      message: 'contains a request for a certificate',
    },
    {
      name: 'the key of another certificate',
      crt: chain,
      pair: pem('other').key,
      field: 'tls.key',
      message: 'contains the key of another certificate',
    },
    {
      name: 'a key of another kind',
      crt: chain,
      pair: pem('weak-key').key,
      field: 'tls.key',
      message: 'contains the key of another certificate',
    },
    {
      name: 'a short key',
      crt: pem('weak-key').chain,
      pair: pem('weak-key').key,
      field: 'tls.crt',
      message: 'contains a certificate with an RSA key of 1024 bits, which OpenSSL rejects',
    },
    {
      name: 'a weak signature',
      crt: pem('weak-signature').chain,
      pair: pem('weak-signature').key,
      field: 'tls.crt',
      message: 'contains a certificate that is signed with SHA-1, which OpenSSL rejects',
    },
    {
      name: 'a short key further up its chain',
      crt: chain + pem('weak-key').chain,
      pair: key,
      field: 'tls.crt',
      message: 'contains a certificate with an RSA key of 1024 bits, which OpenSSL rejects, number 2 of its chain',
    },
  ])('is refused with $name', ({ crt, pair, field, message }) => {
    expect(readKeyPair(crt, pair)).toMatchObject({ field, message });
  });

  test.each([
    {
      name: 'a chain in the wrong order',
      crt: pem('other').chain + chain,
      help: 'put the certificate of the host first',
    },
    { name: 'a short key', crt: pem('weak-key').chain, help: '2048 bits or more' },
    { name: 'a text that is encoded twice', crt: Buffer.from(chain).toString('base64'), help: 'once under `data`' },
  ])('the help says what to do about $name', ({ crt, help }) => {
    expect(readKeyPair(crt, key)).toMatchObject({ help: expect.stringContaining(help) });
  });
});

test.each<{ certificate: CertificateName; host: string; byName: boolean; covers: boolean }>([
  { certificate: 'shop', host: 'shop.example.com', byName: true, covers: true },
  { certificate: 'shop', host: 'www.shop.example.com', byName: true, covers: true },
  { certificate: 'shop', host: 'x.shop.example.com', byName: false, covers: false },
  { certificate: 'wildcard', host: 'a.apps.example.com', byName: true, covers: true },
  { certificate: 'wildcard', host: '*.apps.example.com', byName: true, covers: true },
  { certificate: 'wildcard', host: 'apps.example.com', byName: false, covers: false },
  { certificate: 'wildcard', host: 'a.b.apps.example.com', byName: false, covers: false },
  { certificate: 'shop', host: '*.example.com', byName: false, covers: false },
  // The controller falls back to the common name where the Ingress lists the host, not where it looks for a Secret.
  { certificate: 'common-name', host: 'legacy.example.com', byName: false, covers: true },
  { certificate: 'common-name', host: 'other.example.com', byName: false, covers: false },
  { certificate: 'no-subject', host: 'no-subject.example.com', byName: true, covers: true },
  { certificate: 'no-subject', host: 'other.example.com', byName: false, covers: false },
  { certificate: 'address', host: 'address.example.com', byName: false, covers: true },
])('$certificate covers $host: by name $byName, at all $covers', ({ certificate, host, byName, covers }) => {
  expect(coversByAlternativeName(pairOf(certificate), host)).toBe(byName);
  expect(coversHost(pairOf(certificate), host)).toBe(covers);
});
