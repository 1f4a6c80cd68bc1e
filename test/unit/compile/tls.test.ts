import { describe, expect, test } from 'vitest';

import type { IngressParts } from '../../support/resources.ts';
import { appOf, compiled, ingressOf, secretOf, tlsSecretOf } from '../../support/resources.ts';
import { pem } from '../../support/credentials.ts';
import type { Resource } from '../../../src/resources/model.ts';

const rows = [['/', 'web:80']] as const;
const SHOP = 'shop.example.com';
const NEVER = 'the default certificate is used instead';

/** An Ingress with a rule for each host. */
const tlsIngress = (hosts: readonly string[], tls: IngressParts['tls'], parts: IngressParts = {}) =>
  ingressOf({
    hosts: Object.fromEntries(hosts.map(host => [host, rows])),
    ...(tls === undefined ? {} : { tls }),
    ...parts,
  });
const of = (...resources: readonly Resource[]) => compiled([...appOf('web', '10.0.0.1'), ...resources]);

describe('the certificate of a host', () => {
  test.each<{
    name: string;
    host?: string;
    given: readonly Resource[];
    certificate: string | undefined;
    lines?: readonly string[];
  }>([
    {
      name: 'is that of the TLS entry that lists it',
      given: [
        tlsIngress([SHOP], { other: ['other.example.com'], shop: [SHOP] }),
        tlsSecretOf('shop', 'shop'),
        tlsSecretOf('other', 'other'),
      ],
      certificate: 'shop_shop',
      lines: [
        'tls-host-without-rule: no rule of the Ingress has the host "other.example.com" of this entry: the Secret shop/other is not used for it',
      ],
    },
    {
      name: 'is that of the first of two entries that list it',
      given: [
        tlsIngress([SHOP], { shop: [SHOP], again: [SHOP] }),
        tlsSecretOf('shop', 'shop'),
        tlsSecretOf('again', 'shop'),
      ],
      certificate: 'shop_shop',
      lines: [
        'unused-certificate: the Secret shop/again is not used for "shop.example.com": an earlier entry of the Ingress has the host with the Secret shop/shop',
      ],
    },
    {
      name: 'is listed whatever the case',
      given: [tlsIngress([SHOP], { shop: ['SHOP.example.com'] }), tlsSecretOf('shop', 'shop')],
      certificate: 'shop_shop',
    },
    {
      name: 'is, unlisted, the first that covers it',
      given: [tlsIngress([SHOP], { other: [], shop: [] }), tlsSecretOf('other', 'other'), tlsSecretOf('shop', 'shop')],
      certificate: 'shop_shop',
      lines: [
        'unused-certificate: the Secret shop/other is not used: all hosts of the Ingress have their certificate from another entry',
      ],
    },
    {
      name: 'is, unlisted, one that covers it as a wildcard',
      host: 'a.apps.example.com',
      given: [tlsIngress(['a.apps.example.com'], { apps: ['*.apps.example.com'] }), tlsSecretOf('apps', 'wildcard')],
      certificate: 'shop_apps',
    },
    {
      name: 'is, unlisted, none that covers it by its common name only',
      host: 'legacy.example.com',
      given: [tlsIngress(['legacy.example.com'], { old: [] }), tlsSecretOf('old', 'common-name')],
      certificate: undefined,
      lines: [
        'certificate-without-names: the certificate of Secret shop/old has "legacy.example.com" as its common name only: browsers reject it',
        'missing-certificate: no TLS entry of the Ingress fits the host "legacy.example.com"; the default certificate is used',
      ],
    },
    {
      name: 'may, listed, cover it by its common name',
      host: 'legacy.example.com',
      given: [tlsIngress(['legacy.example.com'], { old: ['legacy.example.com'] }), tlsSecretOf('old', 'common-name')],
      certificate: 'shop_old',
      lines: [
        'certificate-without-names: the certificate of Secret shop/old has "legacy.example.com" as its common name only: browsers reject it',
      ],
    },
    {
      name: 'is the default one if the entry names no Secret',
      given: [tlsIngress([SHOP], { '': [SHOP], shop: [] }), tlsSecretOf('shop', 'shop')],
      certificate: undefined,
      lines: [
        'split-tls-entry: the hosts of this entry have no Secret, and the Secret shop/shop of another entry has no hosts: the default certificate is used',
      ],
    },
    {
      name: 'is the default one if the Secret is missing',
      given: [tlsIngress([SHOP], { gone: [SHOP] })],
      certificate: undefined,
      lines: [`missing-certificate: the Secret shop/gone is not in the input; ${NEVER}`],
    },
    {
      name: 'is the default one if the Secret is in another namespace',
      given: [tlsIngress([SHOP], { shop: [SHOP] }), tlsSecretOf('billing/shop', 'shop')],
      certificate: undefined,
      lines: [`missing-certificate: the Secret shop/shop is not in the input; ${NEVER}`],
    },
    {
      name: 'is the default one if the Secret is of another kind',
      given: [tlsIngress([SHOP], { users: [SHOP] }), secretOf('users', { auth: 'x' })],
      certificate: undefined,
      lines: [`missing-certificate: the Secret shop/users has nothing under tls.crt; ${NEVER}`],
    },
    {
      name: 'is the default one if the Secret has no key',
      given: [
        tlsIngress([SHOP], { shop: [SHOP] }),
        { ...tlsSecretOf('shop', 'shop'), data: { 'tls.crt': tlsSecretOf('shop', 'shop').data['tls.crt'] ?? '' } },
      ],
      certificate: undefined,
      lines: [`missing-certificate: the Secret shop/shop has nothing under tls.key; ${NEVER}`],
    },
    {
      name: 'is the default one if the Secret has the key of another',
      given: [tlsIngress([SHOP], { shop: [SHOP] }), tlsSecretOf('shop', 'shop', 'other')],
      certificate: undefined,
      lines: [`unusable-certificate: the Secret shop/shop contains the key of another certificate; ${NEVER}`],
    },
    {
      name: 'is the default one if it does not cover the host',
      given: [tlsIngress([SHOP], { other: [SHOP] }), tlsSecretOf('other', 'other')],
      certificate: undefined,
      lines: [
        'certificate-for-other-host: the certificate of Secret shop/other, which is for other.example.com, does not cover "shop.example.com"; the default one is used',
      ],
    },
    {
      name: 'may have expired',
      host: 'expired.example.com',
      given: [tlsIngress(['expired.example.com'], { old: ['expired.example.com'] }), tlsSecretOf('old', 'expired')],
      certificate: 'shop_old',
      lines: ['certificate-dates: the certificate of Secret shop/old has expired (Jan  1 00:00:00 2021 GMT)'],
    },
    {
      name: 'may have a chain that is cut off, which is said',
      given: [
        tlsIngress([SHOP], { cut: [SHOP] }),
        secretOf('cut', {
          'tls.crt': `${pem('shop').chain}${pem('other').chain.slice(0, 200)}`,
          'tls.key': pem('shop').key,
        }),
      ],
      certificate: 'shop_cut',
      lines: [
        'unusable-certificate: the certificate chain of Secret shop/cut is cut off: the END line of its last certificate is missing',
      ],
    },
    {
      name: 'is none without TLS',
      given: [tlsIngress([SHOP], undefined), tlsSecretOf('shop', 'shop')],
      certificate: undefined,
    },
    {
      name: 'is that of the oldest Ingress with a TLS section',
      given: [
        tlsIngress([SHOP], { young: [SHOP] }, { name: 'young', createdAt: '2024-01-01T00:00:00Z' }),
        tlsIngress([SHOP], { old: [SHOP] }, { name: 'old', createdAt: '2021-01-01T00:00:00Z' }),
        tlsIngress([SHOP], undefined, { name: 'oldest', createdAt: '2020-01-01T00:00:00Z' }),
        tlsSecretOf('young', 'shop'),
        tlsSecretOf('old', 'shop'),
      ],
      certificate: 'shop_old',
      lines: [
        'unused-certificate: the Secret shop/young is not used for "shop.example.com": the Ingress shop/old has the host with the Secret shop/old',
      ],
    },
    {
      name: 'is not that of a younger Ingress if that of the oldest is of no use',
      given: [
        tlsIngress([SHOP], { young: [SHOP] }, { name: 'young', createdAt: '2024-01-01T00:00:00Z' }),
        tlsIngress([SHOP], { old: [SHOP] }, { name: 'old', createdAt: '2021-01-01T00:00:00Z' }),
        tlsSecretOf('young', 'shop'),
      ],
      certificate: undefined,
      lines: [
        `missing-certificate: the Secret shop/old is not in the input; ${NEVER}`,
        'unused-certificate: the Secret shop/young is not used for "shop.example.com": the Ingress shop/old has the host with the Secret shop/old, and the default certificate is used',
      ],
    },
  ])('$name', ({ host = SHOP, given, certificate, lines = [] }) => {
    const { routing, lines: said } = of(...given);
    expect(routing.servers.find(server => server.host === host)?.certificate).toBe(certificate);
    expect(routing.files.map(({ id }) => id)).toEqual(certificate === undefined ? [] : [certificate]);
    // Both Ingresses want `/` of the host; that is another matter.
    expect(said.filter(line => !line.startsWith('path-conflict'))).toEqual(lines);
  });

  test('is that of its wildcard if it has none of its own, and the redirect comes with it', () => {
    const { routing, location } = of(
      tlsIngress(['*.apps.example.com'], { apps: ['*.apps.example.com'] }, { name: 'all' }),
      tlsIngress(['a.apps.example.com', 'a.b.apps.example.com'], undefined),
      tlsSecretOf('apps', 'wildcard'),
    );
    const certificates = routing.servers.map(({ host, certificate }) => [host, certificate]);
    expect(Object.fromEntries(certificates)).toEqual({
      _: undefined,
      '*.apps.example.com': 'shop_apps',
      'a.apps.example.com': 'shop_apps',
      'a.b.apps.example.com': undefined,
    });
    const code = (host: string) => location(host, '^ /')?.policies.tlsRedirect?.asks.code;
    expect(code('a.apps.example.com')).toBe(308);
    expect(code('a.b.apps.example.com')).toBeUndefined();
  });

  test('is the default one where its own section says so, whatever its wildcard has', () => {
    const { routing } = of(
      tlsIngress(['*.apps.example.com'], { apps: ['*.apps.example.com'] }, { name: 'all' }),
      tlsIngress(['a.apps.example.com'], { '': ['a.apps.example.com'] }),
      tlsSecretOf('apps', 'wildcard'),
    );
    expect(routing.servers.find(({ host }) => host === 'a.apps.example.com')?.certificate).toBeUndefined();
  });

  test('is never another one on the default server', () => {
    const { routing, location } = of(tlsIngress([''], { shop: [SHOP] }), tlsSecretOf('shop', 'shop'));
    expect(routing.servers[0]).toMatchObject({ host: '_', certificate: undefined });
    expect(location('_', '^ /')?.policies.tlsRedirect).toBeUndefined();
    expect(routing.files).toEqual([]);
  });

  test('says what is wrong with a Secret once an Ingress that names it, or once if it is there', () => {
    const hosts = [SHOP, 'www.shop.example.com'];
    const missing = of(tlsIngress(hosts, { gone: hosts }), tlsIngress(['b.io'], { gone: ['b.io'] }, { name: 'b' }));
    expect(missing.lines).toHaveLength(2);
    const broken = of(
      tlsIngress(hosts, { bad: hosts }),
      tlsIngress(['b.io'], { bad: ['b.io'] }, { name: 'b' }),
      tlsSecretOf('bad', 'shop', 'other'),
    );
    expect(broken.lines).toHaveLength(1);
    expect(broken.found[0]).toMatchObject({
      at: { document: 'secret-shop/bad', path: ['data', 'tls.key'] },
      related: [{ message: 'it is used here', at: { path: ['spec', 'tls', 0, 'secretName'] } }],
    });
  });

  test('points at stringData where the text stands there', () => {
    const bad = { ...tlsSecretOf('bad', 'shop', 'other'), plainKeys: ['tls.key'] };
    expect(of(tlsIngress([SHOP], { bad: [SHOP] }), bad).found[0]?.at).toEqual({
      document: 'secret-shop/bad',
      path: ['stringData', 'tls.key'],
    });
  });

  test('never quotes what a Secret holds', () => {
    const bad = secretOf('bad', { 'tls.crt': 'hunter2', 'tls.key': 'hunter3' });
    expect(JSON.stringify(of(tlsIngress([SHOP], { bad: [SHOP] }), bad).found)).not.toMatch(/hunter/);
  });
});

describe('--default-ssl-certificate', () => {
  test.each([
    { name: 'is the placeholder without it', flag: undefined, chosen: { kind: 'placeholder' }, lines: [] },
    { name: 'rejects handshakes with none', flag: 'none', chosen: { kind: 'reject' }, lines: [] },
    {
      name: 'is a Secret',
      flag: 'shop/fallback',
      chosen: { kind: 'certificate', id: 'shop_fallback' },
      lines: [],
    },
    {
      name: 'is the placeholder if the Secret is missing',
      flag: 'shop/gone',
      chosen: { kind: 'placeholder' },
      lines: [
        'missing-certificate: the Secret shop/gone of --default-ssl-certificate is not in the input; the placeholder is used',
      ],
    },
    {
      name: 'is the placeholder if the Secret is of no use',
      flag: 'shop/bad',
      chosen: { kind: 'placeholder' },
      lines: [`unusable-certificate: the Secret shop/bad contains the key of another certificate; ${NEVER}`],
    },
  ])('$name', ({ flag, chosen, lines }) => {
    const given = [
      ...appOf('web', '10.0.0.1'),
      tlsIngress([SHOP], undefined),
      tlsSecretOf('fallback', 'fallback'),
      tlsSecretOf('bad', 'shop', 'other'),
    ];
    const { routing, lines: said } = compiled(given, flag === undefined ? {} : { defaultSslCertificate: flag });
    expect(routing.defaultCertificate).toEqual(chosen);
    expect(routing.files.map(({ id }) => id)).toEqual(chosen.kind === 'certificate' ? ['shop_fallback'] : []);
    expect(said).toEqual(lines);
  });
});
