import { describe, expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import { ingress, rule, secret, service, userSecret, yamlOf } from '../../support/manifests.ts';
import type { Manifest } from '../../support/manifests.ts';

function namesOf(manifests: readonly Manifest[]): readonly string[] {
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf(manifests) }], { backendAddress: 'dns' });
  return diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(found => found.rule.name)
    .toSorted();
}

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const WEB = service('web', PORTS);
const AUTH = { 'auth-type': 'basic', 'auth-secret': 'users' };
const open = (parts: Parameters<typeof ingress>[0] = {}): Manifest =>
  ingress({ host: 'a.example.com', paths: [['/', 'Prefix', 'web']], ...parts });

describe('what follows from a refused object is not said again', () => {
  test.each<{ name: string; given: readonly Manifest[]; names: readonly string[] }>([
    {
      name: 'a Service is not missing',
      given: [open(), { ...service('web', [{ number: 0, pod: 8080 }]) }],
      names: ['invalid-port'],
    },
    {
      name: 'the Secret of a password is not',
      given: [open({ annotations: AUTH }), WEB, { ...secret('users', {}), data: { auth: '!' } }],
      names: ['invalid-base64'],
    },
    {
      name: 'the Secret of a certificate is not',
      given: [
        open({ tls: [{ hosts: ['a.example.com'], secretName: 'cert' }] }),
        WEB,
        { ...secret('cert', {}), data: { 'tls.crt': '!' } },
      ],
      names: ['invalid-base64'],
    },
    {
      name: 'a Service of which there are two is there',
      given: [open(), WEB, service('web', [{ name: 'http', number: 80, pod: 9090 }])],
      names: ['duplicate-object'],
    },
    {
      name: 'the Secret of a password of which there are two is there',
      given: [open({ annotations: AUTH }), WEB, userSecret('users'), secret('users', { auth: 'x:{PLAIN}y' })],
      names: ['duplicate-object'],
    },
    {
      name: 'an Ingress is there',
      given: [open({ name: 'Bad' }), WEB],
      names: ['invalid-name'],
    },
  ])('$name', ({ given, names }) => expect(namesOf(given)).toEqual(names));
});

describe('a field under a wrong name, or in a wrong place, is not missing', () => {
  const path = `{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}`;
  const rules = `[{host: a.example.com, http: {paths: [${path}]}}]`;
  const object = (metadata: string, rest: string): string =>
    `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: x, namespace: shop${metadata}}, ${rest}}\n`;
  const spec = `{ingressClassName: nginx, rules: ${rules}}`;
  test.each([
    { name: 'the backend', text: object('', `spec: ${spec.replace('backend', 'backends')}`), names: ['unknown-field'] },
    { name: 'the path', text: object('', `spec: ${spec.replace('path: /', 'Path: /')}`), names: ['unknown-field'] },
    { name: 'spec', text: object(`, spec: ${spec}`, 'status: {}'), names: ['unknown-field'] },
    {
      name: 'the rules',
      text: object('', `spec: {ingressClassName: nginx}, rules: ${rules}`),
      names: ['unknown-field'],
    },
    { name: 'no rules at all', text: object('', 'spec: {ingressClassName: nginx}'), names: ['empty-ingress'] },
  ])('$name', ({ text, names }) => {
    const { diagnostics } = compileSources([{ name: 'shop.yaml', text: `${text}---\n${yamlOf([WEB])}` }], {
      backendAddress: 'dns',
    });
    expect(diagnostics.filter(found => found.severity !== 'info').map(found => found.rule.name)).toEqual(names);
  });

  test('and a share without canary is one finding', () => {
    expect(namesOf([open({ annotations: { 'canary-weight': '50' } }), WEB])).toEqual(['unclear-canary']);
  });

  test('nor is the name of a Secret both invalid and an attack', () => {
    const tls = [{ hosts: ['a.example.com'], secretName: 'x_by_lua' }];
    expect(namesOf([open({ tls }), WEB])).not.toContain('forbidden-text');
  });
});

test('one mistake of an Ingress hides none of the others', () => {
  const broken = ingress({
    name: 'Bad',
    annotations: { ...AUTH, 'auth-secret': 'nobody', 'rewrite-target': '/$nope', 'app-rot': '/' },
    tls: [{ hosts: ['a.example.com'], secretName: 'missing' }],
    rules: [
      rule('a.example.com', [
        ['/x([', 'ImplementationSpecific', 'web'],
        ['/y', 'Prefix', 'web', 81],
        ['/z', 'Prefix', 'nowhere'],
        ['/etc/nginx', 'Prefix', 'web'],
      ]),
    ],
  });
  expect(namesOf([broken, WEB])).toEqual([
    'forbidden-text',
    'invalid-name',
    'invalid-regex',
    'invalid-rewrite-target',
    'missing-auth-secret',
    'missing-certificate',
    'missing-service-port',
    'unknown-annotation',
  ]);
});
