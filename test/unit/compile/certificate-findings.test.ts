import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { CertificateName } from '../../support/credentials.ts';
import { authority, pem } from '../../support/credentials.ts';
import { foundAt } from '../../support/found-at.ts';
import { appOf, compiled, ingressOf, secretOf, tlsSecretOf } from '../../support/resources.ts';
import type { CompileSettings } from '../../../src/compile/settings.ts';
import type { Resource } from '../../../src/resources/model.ts';

const rows = [['/', 'web:80']] as const;

/** An Ingress for a host with this certificate. */
function withCertificate(certificate: CertificateName, host = `${certificate}.example.com`): readonly Resource[] {
  return [
    ...appOf('web', '10.0.0.1'),
    ingressOf({ hosts: { [host]: rows }, tls: { pair: [host] } }),
    tlsSecretOf('pair', certificate),
  ];
}

function saidOf(resources: readonly Resource[], settings: Partial<CompileSettings> = {}): readonly string[] {
  return compiled(resources, settings).lines;
}

const at = (day: string): Partial<CompileSettings> => ({ now: Date.parse(day) });

describe('the dates of a certificate', () => {
  test.each<{
    name: string;
    certificate: CertificateName;
    settings: Partial<CompileSettings>;
    said: readonly string[];
  }>([
    { name: 'are fine long before its end', certificate: 'shop', settings: {}, said: [] },
    {
      name: 'are near 13 days before its end',
      certificate: 'shop',
      settings: at('2119-12-19T00:00:00Z'),
      said: ['certificate-expires-soon: the certificate of Secret shop/pair expires on Jan  1 00:00:00 2120 GMT'],
    },
    { name: 'are fine 15 days before its end', certificate: 'shop', settings: at('2119-12-17T00:00:00Z'), said: [] },
    {
      name: 'are near as early as somebody wants it',
      certificate: 'shop',
      settings: { ...at('2119-12-01T00:00:00Z'), expireDays: 60 },
      said: ['certificate-expires-soon: the certificate of Secret shop/pair expires on Jan  1 00:00:00 2120 GMT'],
    },
    {
      name: 'are never near with 0 days',
      certificate: 'shop',
      settings: { ...at('2119-12-31T23:00:00Z'), expireDays: 0 },
      said: [],
    },
    {
      name: 'are over after its end, with 0 days as well',
      certificate: 'shop',
      settings: { ...at('2120-01-01T00:00:01Z'), expireDays: 0 },
      said: ['certificate-dates: the certificate of Secret shop/pair has expired (Jan  1 00:00:00 2120 GMT)'],
    },
    {
      name: 'of one for six days are fine in the first four',
      certificate: 'brief',
      settings: at('2025-06-02T23:00:00Z'),
      said: [],
    },
    {
      name: 'of one for six days are near in the last two',
      certificate: 'brief',
      settings: at('2025-06-03T01:00:00Z'),
      said: ['certificate-expires-soon: the certificate of Secret shop/pair expires on Jun  5 00:00:00 2025 GMT'],
    },
    {
      name: 'have not begun',
      certificate: 'brief',
      settings: at('2025-05-29T00:00:00Z'),
      said: ['certificate-dates: the certificate of Secret shop/pair is not valid before May 30 00:00:00 2025 GMT'],
    },
    {
      name: 'are fine, and those of its issuer are over',
      certificate: 'aged',
      settings: {},
      said: [
        'certificate-dates: certificate number 2 in the chain of Secret shop/pair has expired (Jan  1 00:00:00 2024 GMT)',
      ],
    },
    {
      name: 'are fine, and the end of its issuer is near',
      certificate: 'aged',
      settings: at('2023-12-25T00:00:00Z'),
      said: [
        'certificate-expires-soon: certificate number 2 in the chain of Secret shop/pair expires on Jan  1 00:00:00 2024 GMT',
      ],
    },
  ])('$name', ({ certificate, settings, said }) => {
    const host = certificate === 'shop' ? 'shop.example.com' : undefined;
    expect(saidOf(withCertificate(certificate, host), settings)).toEqual(said);
  });

  test('are told in days by the help, so that the message is the same each day', () => {
    const found = compiled(withCertificate('shop', 'shop.example.com'), at('2119-12-30T12:00:00Z')).found;
    expect(found.map(({ help }) => help)).toEqual(['renew it: 1 day left']);
  });
});

describe('a certificate that nginx loads', () => {
  test.each<{ name: string; given: readonly Resource[]; said: readonly string[] }>([
    { name: 'may lack its issuer', given: withCertificate('logged'), said: ['warning certificate-chain'] },
    {
      name: 'may have a root too many, which is a note',
      given: [
        ...withCertificate('logged').slice(0, -1),
        secretOf('pair', {
          'tls.crt': pem('logged').chain + authority('intermediate.crt') + authority('root.crt'),
          'tls.key': pem('logged').key,
        }),
      ],
      said: ['info certificate-chain'],
    },
    {
      name: 'is said to be cut off, and not to lack what is cut off',
      given: [
        ...withCertificate('logged').slice(0, -1),
        secretOf('pair', {
          'tls.crt': pem('logged').chain + authority('intermediate.crt').slice(0, 300),
          'tls.key': pem('logged').key,
        }),
      ],
      said: ['warning unusable-certificate'],
    },
    { name: 'may be for clients', given: withCertificate('client-only'), said: ['warning certificate-usage'] },
    { name: 'may be that of an authority', given: withCertificate('authority'), said: ['warning certificate-usage'] },
    { name: 'may be of a staging authority', given: withCertificate('staging'), said: ['warning staging-certificate'] },
    {
      name: 'may have a common name only',
      given: withCertificate('common-name', 'legacy.example.com'),
      said: ['warning certificate-without-names'],
    },
    { name: 'may have signed itself', given: withCertificate('shop', 'shop.example.com'), said: [] },
  ])('$name', ({ given, said }) => {
    const { found } = compiled(given);
    expect(found.map(({ severity, rule }) => `${severity} ${rule.name}`)).toEqual(said);
  });

  test('is said once for all Ingresses that use it, and what is found stands where its text does', () => {
    const example = readFileSync(
      new URL('../../../fixtures/rules/certificate-chain/bad.yaml', import.meta.url),
      'utf8',
    );
    expect(foundAt(example, { watchWithoutClass: true }).filter(line => line.includes('certificate'))).toEqual([
      '19:12 warning certificate-chain',
    ]);
  });
});

describe('a certificate for another host', () => {
  test.each<{ name: string; certificate: CertificateName; host: string; says: string; help: string }>([
    {
      name: 'is told by its names',
      certificate: 'shop',
      host: 'blog.example.com',
      says: 'which is for shop.example.com and www.shop.example.com, does not cover "blog.example.com"',
      help: 'use a certificate for blog.example.com',
    },
    {
      name: 'may be a wildcard of one label',
      certificate: 'wildcard',
      host: 'a.b.apps.example.com',
      says: 'which is for *.apps.example.com, does not cover "a.b.apps.example.com"',
      help: '*.apps.example.com stands for one label only: use a certificate for a.b.apps.example.com or *.b.apps.example.com',
    },
    {
      name: 'may be a wildcard of names below the host',
      certificate: 'wildcard',
      host: 'apps.example.com',
      says: 'which is for *.apps.example.com, does not cover "apps.example.com"',
      help: 'add apps.example.com to the names of the certificate: *.apps.example.com stands for names below it',
    },
    {
      name: 'may lack the wildcard that the rule has',
      certificate: 'shop',
      host: '*.shop.example.com',
      says: 'which is for shop.example.com and www.shop.example.com, does not cover "*.shop.example.com"',
      help: 'use a certificate for *.shop.example.com',
    },
  ])('$name', ({ certificate, host, says, help }) => {
    const { found } = compiled(withCertificate(certificate, host));
    expect(found.map(({ rule }) => rule.name)).toEqual(['certificate-for-other-host']);
    expect(found[0]?.message).toContain(says);
    expect(found[0]?.help).toBe(help);
  });
});
