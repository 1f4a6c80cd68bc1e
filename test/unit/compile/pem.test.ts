import { X509Certificate } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { coversByAlternativeName, coversHost, namesOf, readKeyPair } from '../../../src/compile/pem.ts';
import { pem } from '../../support/credentials.ts';
import type { CertificateName } from '../../support/credentials.ts';

const pairOf = (name: CertificateName) => ({ names: namesOf(new X509Certificate(pem(name).chain)) });
const { chain, key } = pem('shop');

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

  test('keeps the order of its chain', () => {
    const other = pem('other').chain;
    expect(readKeyPair(chain + other, key)).toMatchObject({ chain: chain + other });
  });

  test.each([
    { name: 'nothing', crt: '', pair: key, field: 'tls.crt', message: 'holds no certificate in PEM form' },
    { name: 'no PEM', crt: 'hello', pair: key, field: 'tls.crt', message: 'holds no certificate in PEM form' },
    {
      name: 'a block that is no certificate',
      crt: '-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n',
      pair: key,
      field: 'tls.crt',
      message: 'holds no certificate in PEM form',
    },
    {
      name: 'a broken chain',
      crt: `${chain}-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n`,
      pair: key,
      field: 'tls.crt',
      message: 'holds a certificate that cannot be read, number 2 of its chain',
    },
    {
      name: 'no key',
      crt: chain,
      pair: '',
      field: 'tls.key',
      message: 'holds no private key in PEM form that can be read without a password',
    },
    {
      name: 'the key of another certificate',
      crt: chain,
      pair: pem('other').key,
      field: 'tls.key',
      message: 'holds the key of another certificate',
    },
    {
      name: 'a key of another kind',
      crt: chain,
      pair: pem('weak-key').key,
      field: 'tls.key',
      message: 'holds the key of another certificate',
    },
    {
      name: 'a short key',
      crt: pem('weak-key').chain,
      pair: pem('weak-key').key,
      field: 'tls.crt',
      message: 'holds a certificate with an RSA key of 1024 bits, which OpenSSL refuses',
    },
    {
      name: 'a weak signature',
      crt: pem('weak-signature').chain,
      pair: pem('weak-signature').key,
      field: 'tls.crt',
      message: 'holds a certificate that is signed with SHA-1, which OpenSSL refuses',
    },
    {
      name: 'a short key further up its chain',
      crt: chain + pem('weak-key').chain,
      pair: key,
      field: 'tls.crt',
      message: 'holds a certificate with an RSA key of 1024 bits, which OpenSSL refuses, number 2 of its chain',
    },
  ])('is refused with $name', ({ crt, pair, field, message }) => {
    expect(readKeyPair(crt, pair)).toEqual({ field, message });
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
  { certificate: 'address', host: 'address.example.com', byName: false, covers: true },
])('$certificate covers $host: by name $byName, at all $covers', ({ certificate, host, byName, covers }) => {
  expect(coversByAlternativeName(pairOf(certificate), host)).toBe(byName);
  expect(coversHost(pairOf(certificate), host)).toBe(covers);
});
