import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { foundAt } from '../../support/found-at.ts';
import { authority } from '../../support/credentials.ts';
import { appOf, compiled, configMapOf, ingressOf, secretOf } from '../../support/resources.ts';
import { compileSources } from '../../support/compiled.ts';
import type { Resource } from '../../../src/resources/model.ts';

/** What is said of options of the controller. */
function saidOf(data: Readonly<Record<string, string>>): readonly string[] {
  const { found } = compiled([configMapOf('ingress/controller', data), ingressOf({})], {
    controllerConfig: 'ingress/controller',
  });
  const names = new Set(found.map(({ rule }) => rule.name));
  return found
    .filter(({ rule }) => names.has(rule.name) && /^(?:I2N45|I2N5)/.test(rule.id))
    .map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);
}

describe('an option', () => {
  test.each([
    { name: 'may ask for TLS of today', given: { 'ssl-protocols': 'TLSv1.2 TLSv1.3' }, said: [] },
    {
      name: 'may ask for old TLS, which nobody gets',
      given: { 'ssl-protocols': 'TLSv1.2 TLSv1.1' },
      said: [
        'warning weak-tls: ssl-protocols has "TLSv1.1", which can be broken, and OpenSSL 3 offers it to nobody unless ssl-ciphers has "@SECLEVEL=0"',
      ],
    },
    {
      name: 'may ask for old TLS, which clients get',
      given: { 'ssl-protocols': 'TLSv1 TLSv1.1 TLSv1.2', 'ssl-ciphers': 'HIGH:!aNULL:@SECLEVEL=0' },
      said: [
        'warning weak-tls: ssl-protocols has "TLSv1" and "TLSv1.1", which can be broken',
        'warning weak-tls: ssl-ciphers has "@SECLEVEL=0", which lets in keys and signatures that can be broken',
      ],
    },
    {
      name: 'may allow snippets, which is a note',
      given: { 'allow-snippet-annotations': 'true' },
      said: [
        'info snippets-allowed: allow-snippet-annotations: "true" lets everybody who may write an Ingress configure nginx, and read what the controller may read',
      ],
    },
    { name: 'may forbid snippets', given: { 'allow-snippet-annotations': 'false' }, said: [] },
    {
      name: 'may let in everybody by a slip',
      given: { 'whitelist-source-range': '10.0.0.0/0' },
      said: [
        'warning open-network: whitelist-source-range has "10.0.0.0/0", which stands for all addresses: everybody is let in',
      ],
    },
    {
      name: 'may show the version of nginx, which is a note',
      given: { 'server-tokens': 'true' },
      said: ['info version-disclosure: server-tokens: "true" tells clients the version of nginx'],
    },
    {
      name: 'may show the server of the backend',
      given: { 'server-tokens': 'true', 'allow-backend-server-header': 'true' },
      said: [],
    },
    { name: 'may have a key without anything to keep', given: { 'global-auth-cache-key': '$host' }, said: [] },
  ])('$name', ({ given, said }) => {
    expect(saidOf(given)).toEqual(said);
  });
});

/** The names of what is said of a text. */
const namesIn = (text: string): readonly string[] =>
  compileSources([{ name: 'input.yaml', text }], { controllerConfig: 'ingress/controller' }).diagnostics.map(
    ({ severity, rule }) => `${severity} ${rule.name}`,
  );

const example = (path: string): string =>
  readFileSync(new URL(`../../../fixtures/rules/${path}.yaml`, import.meta.url), 'utf8');

test('who believes all clients is told once: by what depends on it, else by a note', () => {
  expect(namesIn(example('chosen-address/bad'))).toContain('warning chosen-address');
  expect(namesIn(example('chosen-address/bad'))).not.toContain('info believed-clients');
  expect(namesIn(example('believed-clients/bad'))).toContain('info believed-clients');
});

describe('the dates of authorities', () => {
  const clients = (data: Readonly<Record<string, string>>): readonly Resource[] => [
    ...appOf('web', '10.0.0.1'),
    secretOf('clients', data),
    ingressOf({
      hosts: { 'shop.example.com': [['/', 'web:80']] },
      annotations: { 'auth-tls-secret': 'shop/clients', 'force-ssl-redirect': 'true' },
    }),
  ];
  test.each([
    { name: 'are fine', data: { 'ca.crt': authority('clients.crt') }, now: '2025-06-01T00:00:00Z', said: [] },
    {
      name: 'are over',
      data: { 'ca.crt': authority('clients.crt') },
      now: '2120-02-01T00:00:00Z',
      said: [
        'authority-dates: the authority in Secret shop/clients has expired (Jan  1 00:00:00 2120 GMT): every certificate that it has signed is rejected',
      ],
    },
    {
      name: 'are over for one of two, which may be kept for its own',
      data: { 'ca.crt': authority('clients.crt') + authority('old-clients.crt') },
      now: '2025-06-01T00:00:00Z',
      said: [],
    },
    {
      name: 'are over for the list of revoked certificates, too',
      data: { 'ca.crt': authority('clients.crt'), 'ca.crl': authority('clients.crl') },
      now: '2120-02-01T00:00:00Z',
      said: [
        'authority-dates: the authority in Secret shop/clients has expired (Jan  1 00:00:00 2120 GMT): every certificate that it has signed is rejected',
        'authority-dates: the list of revoked certificates in Secret shop/clients was good until Jan  1 00:00:00 2120 GMT: every certificate is rejected',
      ],
    },
  ])('$name', ({ data, now, said }) => {
    expect(compiled(clients(data), { now: Date.parse(now) }).lines).toEqual(said);
  });

  test('are found where the authorities stand', () => {
    const found = foundAt(example('authority-dates/bad'), { watchWithoutClass: true });
    expect(found.filter(line => line.endsWith('authority-dates'))).toEqual(['24:5 warning authority-dates']);
  });
});

describe('the ConfigMap of the controller', () => {
  const usual = (namespace: string): Resource =>
    configMapOf(`${namespace}/ingress-nginx-controller`, { 'ssl-protocols': 'TLSv1.1 TLSv1.2' });
  const namesOf = (given: readonly Resource[], isCheck: boolean): readonly string[] =>
    compiled([...appOf('web', '10.0.0.1'), ingressOf({}), ...given], isCheck ? { isCheck: true } : {}).found.map(
      ({ rule }) => rule.name,
    );
  test.each([
    { name: 'is read where the input is checked', given: [usual('ingress')], isCheck: true, said: ['weak-tls'] },
    {
      name: 'is told where files are written, which somebody must want',
      given: [usual('ingress')],
      isCheck: false,
      said: ['unread-controller-config'],
    },
    {
      name: 'is not guessed from two',
      given: [usual('ingress'), usual('staging')],
      isCheck: true,
      said: ['unread-controller-config', 'unread-controller-config'],
    },
  ])('$name', ({ given, isCheck, said }) => {
    expect(namesOf(given, isCheck).filter(name => /weak-tls|unread/.test(name))).toEqual(said);
  });

  test.each([
    { name: 'is no error where it is only guessed', settings: {}, said: 'warning invalid-guard-option' },
    {
      name: 'is an error where it is named',
      settings: { controllerConfig: 'ingress/ingress-nginx-controller' },
      said: 'error invalid-guard-option',
    },
  ])('with a value to be filled in $name', ({ settings, said }) => {
    const draft = configMapOf('ingress/ingress-nginx-controller', { 'proxy-real-ip-cidr': 'XXX.XXX.XXX/XX' });
    const { found } = compiled([draft, ingressOf({})], { isCheck: true, ...settings });
    expect(found.map(({ severity, rule }) => `${severity} ${rule.name}`)).toContain(said);
  });
});
