import { expect, test } from 'vitest';

import type { Resource } from '../../../src/resources/model.ts';
import { appOf, compiled, ingressOf, tlsSecretOf } from '../../support/resources.ts';

const rows = [['/', 'web:80']] as const;
const SHOP = 'shop.example.com';
const OLD = { createdAt: '2021-01-01T00:00:00Z' };
const YOUNG = { createdAt: '2024-01-01T00:00:00Z' };

test.each<{ name: string; given: readonly Resource[]; said: readonly string[] }>([
  {
    name: 'an Ingress whose entry has no Secret decides, and the Secret of a younger one loses',
    given: [
      ingressOf({ name: 'old', hosts: { [SHOP]: rows }, tls: { '': [SHOP] }, ...OLD }),
      ingressOf({ name: 'young', hosts: { [SHOP]: [['/b', 'web:80']] }, tls: { shop: [SHOP] }, ...YOUNG }),
    ],
    said: ['warning unused-certificate'],
  },
  {
    name: 'where the older one has a certificate it is only a note',
    given: [
      ingressOf({ name: 'old', hosts: { [SHOP]: rows }, tls: { shop: [SHOP] }, ...OLD }),
      ingressOf({ name: 'young', hosts: { [SHOP]: [['/b', 'web:80']] }, tls: { again: [SHOP] }, ...YOUNG }),
    ],
    said: ['info unused-certificate'],
  },
  {
    name: 'the same Secret in two Ingresses loses nothing',
    given: [
      ingressOf({ name: 'old', hosts: { [SHOP]: rows }, tls: { shop: [SHOP] }, ...OLD }),
      ingressOf({ name: 'young', hosts: { [SHOP]: [['/b', 'web:80']] }, tls: { shop: [SHOP] }, ...YOUNG }),
    ],
    said: [],
  },
  {
    name: 'a host under tls without a rule, in an Ingress with nothing but a default backend',
    given: [ingressOf({ hosts: {}, tls: { shop: [SHOP] }, defaultBackend: 'web:80' })],
    said: ['warning tls-host-without-rule'],
  },
  {
    name: 'one of two hosts under tls without a rule is only a note',
    given: [ingressOf({ hosts: { [SHOP]: rows }, tls: { shop: [SHOP, 'www.shop.example.com'] } })],
    said: ['info tls-host-without-rule'],
  },
  {
    name: 'a wildcard under tls whose certificate a host of a rule shows',
    given: [ingressOf({ hosts: { 'a.apps.example.com': rows }, tls: { apps: ['*.apps.example.com'] } })],
    said: [],
  },
  {
    name: 'a rule without a host shows no certificate of its own',
    given: [ingressOf({ hosts: { '': rows }, tls: { shop: [] } })],
    said: ['warning unused-certificate'],
  },
  {
    name: 'a dash too many makes two entries of one',
    given: [ingressOf({ hosts: { [SHOP]: rows }, tls: { shop: [], '': [SHOP] } })],
    said: ['warning split-tls-entry'],
  },
  {
    name: 'a section that is as it should be',
    given: [ingressOf({ hosts: { [SHOP]: rows }, tls: { shop: [SHOP] } })],
    said: [],
  },
])('$name', ({ given, said }) => {
  const secrets = [tlsSecretOf('shop', 'shop'), tlsSecretOf('again', 'shop'), tlsSecretOf('apps', 'wildcard')];
  const { found } = compiled([...appOf('web', '10.0.0.1'), ...secrets, ...given]);
  const tls = found.filter(({ rule }) => /certificate|tls/.test(rule.name));
  expect(tls.map(({ severity, rule }) => `${severity} ${rule.name}`)).toEqual(said);
});

test('two hosts under tls without a rule are named in one sentence', () => {
  const ingress = ingressOf({
    hosts: { [SHOP]: rows },
    tls: { shop: [SHOP], more: ['A.example.com', 'b.example.com'] },
  });
  const { found } = compiled([...appOf('web', '10.0.0.1'), tlsSecretOf('shop', 'shop'), ingress]);
  expect(found.map(({ message }) => message)).toContain(
    'no rule of the Ingress has the hosts "A.example.com" and "b.example.com" of this entry: the Secret shop/more is not used for them',
  );
});

test.each([
  {
    name: 'names the Secret where another Ingress has none',
    tls: { '': [SHOP] },
    help: 'write `secretName: again` in the entry that decides',
  },
  {
    name: 'chooses where another Ingress has another',
    tls: { shop: [SHOP] },
    help: 'remove it, or the one that is used in its place',
  },
  {
    name: 'lists the host where another Ingress has others',
    tls: { shop: ['www.shop.example.com'] },
    host: 'blog.example.com',
    help: 'list the host with `secretName: again` in the `tls` that decides',
  },
])('who wants a Secret to be used $name', ({ tls, help, host = SHOP }) => {
  const { found } = compiled([
    ...appOf('web', '10.0.0.1'),
    tlsSecretOf('shop', 'shop'),
    tlsSecretOf('again', 'shop'),
    ingressOf({ name: 'old', hosts: { [host]: rows }, tls, ...OLD }),
    ingressOf({ name: 'young', hosts: { [host]: [['/b', 'web:80']] }, tls: { again: [host] }, ...YOUNG }),
  ]);
  expect(found.filter(({ rule }) => rule.name === 'unused-certificate').map(each => each.help)).toEqual([help]);
});
