import { describe, expect, test } from 'vitest';

import type { Resource } from '../../../src/resources/model.ts';
import type { CompileSettings } from '../../../src/compile/settings.ts';
import { foundAt } from '../../support/found-at.ts';
import { appOf, compiled, ingressOf, tlsSecretOf } from '../../support/resources.ts';

const rows = [['/', 'web:80']] as const;
const SHOP = 'shop.example.com';
const ISSUED = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };

interface Row {
  readonly name: string;
  readonly given: readonly Resource[];
  readonly settings?: Partial<CompileSettings>;
  readonly said: readonly string[];
}

const said = ({ given, settings }: Row): readonly string[] =>
  compiled([...appOf('web', '10.0.0.1'), tlsSecretOf('shop', 'shop'), ...given], settings).found.map(
    ({ severity, rule }) => `${severity} ${rule.name}`,
  );

describe('an entry of tls without a Secret', () => {
  test.each<Row>([
    {
      name: 'is a note',
      given: [ingressOf({ hosts: { [SHOP]: rows }, tls: { '': [SHOP] } })],
      said: ['info tls-entry-without-secret'],
    },
    {
      name: 'is nothing where there is a default certificate',
      given: [ingressOf({ hosts: { [SHOP]: rows }, tls: { '': [SHOP] } })],
      settings: { defaultSslCertificate: 'shop/shop' },
      said: [],
    },
    {
      name: 'is nothing where its hosts have no rule, since it does nothing',
      given: [ingressOf({ hosts: { [SHOP]: rows }, tls: { shop: [SHOP], '': ['other.example.com'] } })],
      said: [],
    },
    {
      name: 'is not said where another Ingress loses by it, which is said there',
      given: [
        ingressOf({ name: 'zold', hosts: { [SHOP]: rows }, tls: { '': [SHOP] } }),
        ingressOf({ name: 'anew', hosts: { [SHOP]: [['/b', 'web:80']] }, tls: { shop: [SHOP] } }),
      ],
      said: ['warning unused-certificate'],
    },
  ])('$name', row => {
    expect(said(row)).toEqual(row.said);
  });
});

describe('a certificate that cert-manager is asked for', () => {
  test.each<Row>([
    {
      name: 'is issued for an entry with hosts and a Secret',
      given: [ingressOf({ annotations: ISSUED, hosts: { [SHOP]: rows }, tls: { shop: [SHOP] } })],
      said: [],
    },
    {
      name: 'is not for an Ingress without tls',
      given: [ingressOf({ annotations: ISSUED, hosts: { [SHOP]: rows } })],
      said: ['warning certificate-not-issued'],
    },
    {
      name: 'is not for an entry without hosts',
      given: [ingressOf({ annotations: ISSUED, hosts: { 'a.example.com': rows }, tls: { shop: [] } })],
      said: ['warning certificate-not-issued'],
    },
    {
      name: 'is not for an entry without a Secret',
      given: [ingressOf({ annotations: ISSUED, hosts: { [SHOP]: rows }, tls: { '': [SHOP] } })],
      said: ['warning certificate-not-issued'],
    },
    {
      name: 'is, with a dash too many, said as that',
      given: [
        ingressOf({ annotations: ISSUED, hosts: { 'a.example.com': rows }, tls: { shop: [], '': ['a.example.com'] } }),
      ],
      said: ['warning split-tls-entry'],
    },
    {
      name: 'is not asked for with an empty annotation, as charts write it',
      given: [ingressOf({ annotations: { 'cert-manager.io/issuer': '' }, hosts: { [SHOP]: rows } })],
      said: [],
    },
  ])('$name', row => {
    expect(said(row)).toEqual(row.said);
  });
});

describe('hosts without TLS', () => {
  const shop = ingressOf({ hosts: { [SHOP]: rows }, tls: { shop: [SHOP] } });
  const plain = (annotations: Readonly<Record<string, string>> = {}, hosts = ['blog.example.com']) =>
    ingressOf({ name: 'blog', annotations, hosts: Object.fromEntries(hosts.map(host => [host, rows])) });
  test.each<Row>([
    { name: 'are a note beside one with it', given: [shop, plain()], said: ['info host-without-tls'] },
    { name: 'are nothing by themselves', given: [plain()], said: [] },
    {
      name: 'are nothing where most have none',
      given: [shop, plain({}, ['a.example.com', 'b.example.com'])],
      said: [],
    },
    { name: 'are nothing where plain HTTP is meant', given: [shop, plain({ 'ssl-redirect': 'false' })], said: [] },
    { name: 'are nothing where TLS ends elsewhere', given: [shop, plain({ 'force-ssl-redirect': 'true' })], said: [] },
    {
      name: 'are nothing where the default certificate is known',
      given: [shop, plain()],
      settings: { defaultSslCertificate: 'shop/shop' },
      said: [],
    },
    { name: 'are nothing where a rule has no host', given: [shop, plain({}, [''])], said: [] },
    {
      name: 'are nothing below a wildcard with TLS',
      given: [
        ingressOf({ hosts: { '*.apps.example.com': rows }, tls: { apps: ['*.apps.example.com'] } }),
        tlsSecretOf('apps', 'wildcard'),
        plain({}, ['a.apps.example.com']),
      ],
      said: [],
    },
  ])('$name', row => {
    expect(said(row)).toEqual(row.said);
  });
});

test('what lacks a certificate is found where its field stands', () => {
  const ingress = (name: string, rest: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations:
    cert-manager.io/issuer: ${name === 'issued' ? 'letsencrypt' : '""'}
spec:
  ingressClassName: nginx
${rest}  rules:
  - host: ${name}.example.com
`;
  const text = [
    ingress('issued', ''),
    ingress(
      'issued',
      '  tls:\n  - secretName: a\n    hosts: [issued.example.com]\n  - hosts: [b.example.com]\n    secretName: a\n',
    ).replace('name: issued', 'name: again'),
    ingress('bare', '  tls:\n  - hosts: [bare.example.com]\n'),
    ingress('plain', ''),
  ].join('---\n');
  expect(foundAt(text).filter(line => /not-issued|without-secret|host-without-tls/.test(line))).toEqual([
    '6:5 warning certificate-not-issued',
    '24:17 warning certificate-not-issued',
    '37:5 info tls-entry-without-secret',
    '50:11 info host-without-tls',
  ]);
});
