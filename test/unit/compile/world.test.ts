import { expect, test } from 'vitest';

import type { World } from '../../../src/compile/world.ts';
import type { PromisedSecret, Resource } from '../../../src/resources/model.ts';
import {
  compiled,
  configMapOf,
  endpointsOf,
  ingressOf,
  secretOf,
  serviceOf,
  sliceOf,
} from '../../support/resources.ts';
import type { IngressParts } from '../../support/resources.ts';

const OPEN: World = { missing: 'note', external: [] };
const CLOSED: World = { missing: 'error', external: [] };

/** Severity, rule and message of each finding of a check. */
function check(resources: readonly Resource[], world: World = OPEN): readonly string[] {
  const { found } = compiled(resources, { world, resolvers: ['10.0.0.10'], withoutNotes: true });
  return found.map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);
}

function shop(parts: IngressParts = {}, service = 'web:80'): Resource {
  return ingressOf({ hosts: { 'a.io': [['/', service]] }, ...parts });
}

/** An Ingress of the namespace `default`, in a document with another id. */
function bare(document: string): Resource {
  const { rules, ...rest } = ingressOf({ namespace: 'default', hosts: { 'a.io': [['/', 'web:80']] } });
  const moved = rules.map(rule => ({
    ...rule,
    paths: rule.paths?.map(path => ({ ...path, backend: { ...path.backend, at: { ...path.backend.at, document } } })),
  }));
  return { ...rest, document, rules: moved };
}

const PASSWORD = { annotations: { 'auth-type': 'basic', 'auth-secret': 'users' } };
const TLS = { tls: { cert: ['a.io'] } };
const WEB = serviceOf('web');
const BY_HAND = serviceOf('web', ['80'], { hasSelector: false });
const OTHER_SECRET = secretOf('other', { key: 'value' });

function promised(name: string, namespace = 'shop'): PromisedSecret {
  const rest = { document: 'sealed', by: 'SealedSecret', keys: undefined, type: undefined };
  return { kind: 'PromisedSecret', namespace, name, ...rest };
}

test.each<{ name: string; given: readonly Resource[]; says: readonly string[] }>([
  {
    name: 'a Service of a namespace without any is elsewhere',
    given: [shop(), serviceOf('team/web')],
    says: ['info elsewhere: the Service shop/web is not checked: no Services of its namespace are in the input'],
  },
  {
    name: 'what is elsewhere is said once a kind',
    given: [
      shop({ ...PASSWORD, ...TLS }),
      shop({ name: 'b', hosts: { 'b.io': [['/', 'api:80']] }, tls: { cert: ['b.io'] } }),
    ],
    says: [
      'info elsewhere: 2 Secrets shop/cert and shop/users are not checked: no Secrets of their namespaces are in the input',
      'info elsewhere: 2 Services shop/api and shop/web are not checked: no Services of their namespaces are in the input',
    ],
  },
  {
    name: 'beside others of its namespace, a Service is missing',
    given: [shop({}, 'wbe:80'), WEB],
    says: ['warning missing-service: the Service shop/wbe is not in the input'],
  },
  {
    name: 'so is one whose port has a name',
    given: [shop({}, 'wbe:http'), WEB],
    says: [
      'warning missing-service: the Service shop/wbe is not in the input, so the number of port "http" is unknown',
    ],
  },
  {
    name: 'beside other Secrets, the users of a password are missing, which somebody may have made by hand',
    given: [shop(PASSWORD), WEB, OTHER_SECRET],
    says: ['warning missing-auth-secret: the Secret shop/users is not in the input'],
  },
  {
    name: 'a Secret that is there with the wrong key is wrong everywhere',
    given: [shop(PASSWORD), WEB, secretOf('users', { users: 'a:b' })],
    says: ['error missing-auth-secret: the Secret shop/users has no key "auth"'],
  },
  {
    name: 'a Secret that something makes is there, beside others, too',
    given: [shop({ ...PASSWORD, ...TLS }), WEB, OTHER_SECRET, promised('users'), promised('cert', '')],
    says: [],
  },
  {
    name: 'the certificates that an Ingress asks cert-manager for are there',
    given: [shop({ ...TLS, annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } }), WEB, OTHER_SECRET],
    says: [],
  },
  {
    name: 'a ConfigMap of headers is elsewhere',
    given: [shop({ annotations: { 'custom-headers': 'shop/headers' } }), WEB],
    says: [
      'info elsewhere: the ConfigMap shop/headers is not checked: no ConfigMaps of its namespace are in the input',
    ],
  },
  {
    name: 'a Service with a selector needs no endpoints in a repository',
    given: [shop(), WEB],
    says: [],
  },
  {
    name: 'nor does one without where nobody has any',
    given: [shop(), BY_HAND],
    says: [],
  },
  {
    name: 'in what comes from a cluster, a Service without endpoints has nobody who answers',
    given: [shop(), WEB, serviceOf('api'), sliceOf('api', ['80'], ['10.0.0.1'])],
    says: ['warning no-ready-endpoints: the Service shop/web has no ready endpoint for port "80"'],
  },
  {
    name: 'that of another namespace, of which no endpoints were asked for, may have some',
    given: [shop(), WEB, serviceOf('team/api'), sliceOf('team/api', ['80'], ['10.0.0.1'])],
    says: [],
  },
  {
    name: 'so is the Service that an external name stands for',
    given: [shop(), serviceOf('web', ['80'], { type: 'ExternalName', externalName: 'api.shop.svc.cluster.local' })],
    says: ['warning missing-service: the Service shop/api is not in the input'],
  },
  {
    name: 'and the one that is asked who may come in',
    given: [shop({ annotations: { 'auth-url': 'http://auth.shop.svc.cluster.local/verify' } }), WEB],
    says: ['warning missing-service: the Service shop/auth is not in the input'],
  },
  {
    name: 'an auth service of a namespace of its own is elsewhere',
    given: [shop({ annotations: { 'auth-url': 'http://authelia.auth.svc.cluster.local/verify' } }), WEB],
    says: ['info elsewhere: the Service auth/authelia is not checked: no Services of its namespace are in the input'],
  },
  {
    name: 'without a namespace, what stands in another folder is elsewhere',
    given: [bare('apps/shop/ingress.yaml#0'), { ...serviceOf('default/api'), document: 'apps/blog/service.yaml#0' }],
    says: ['info elsewhere: the Service default/web is not checked: no Services of its namespace are in the input'],
  },
  {
    name: 'without a namespace, a Service of that name is the one that is meant, whatever its namespace',
    given: [bare('apps/shop/ingress.yaml#0'), serviceOf('default/api'), serviceOf('team/web')],
    says: [],
  },
  {
    name: 'and so is one without a namespace for an Ingress that has one',
    given: [shop(), serviceOf('api'), serviceOf('default/web')],
    says: [],
  },
  {
    name: 'and in the same folder it is missing',
    given: [bare('apps/shop/ingress.yaml#0'), { ...serviceOf('default/api'), document: 'apps/shop/service.yaml#0' }],
    says: ['warning missing-service: the Service default/web is not in the input'],
  },
])('in an open world: $name', ({ given, says }) => {
  expect(check(given)).toEqual(says);
});

test.each<{ name: string; given: readonly Resource[]; says: readonly string[] }>([
  {
    name: 'each missing object is an error',
    given: [shop(TLS), configMapOf('other', {})],
    says: [
      'error missing-certificate: the Secret shop/cert is not in the input; the default certificate is used instead',
      'error missing-service: the Service shop/web is not in the input',
    ],
  },
  {
    name: 'so are endpoints that only people write, where they write some',
    given: [shop(), BY_HAND, { ...BY_HAND, name: 'api' }, endpointsOf('api', ['80'], ['10.0.0.1'])],
    says: [
      'error no-ready-endpoints: the Service shop/web has no selector, and the input holds no endpoints of it: nobody answers',
    ],
  },
  { name: 'those that a cluster makes are not missing', given: [shop(), WEB], says: [] },
  { name: 'nor are any where the input holds none', given: [shop(), BY_HAND], says: [] },
  { name: 'nor is a Secret that something makes', given: [shop(TLS), WEB, promised('cert')], says: [] },
])('in a closed world: $name', ({ given, says }) => {
  expect(check(given, CLOSED)).toEqual(says);
});

test.each<World['missing']>(['note', 'error', 'said'])('kinds that are elsewhere are never missing (%s)', missing => {
  expect(check([shop(TLS), WEB, OTHER_SECRET], { missing, external: ['Secret'] })).toEqual([]);
});

test('without a world, a missing Secret is said as what it means for the output', () => {
  const { found } = compiled([shop({ ...PASSWORD, ...TLS })], { withoutNotes: true, resolvers: ['10.0.0.10'] });
  expect(found.map(({ severity, rule }) => `${severity} ${rule.name}`)).toEqual([
    'error missing-auth-secret',
    'warning missing-certificate',
  ]);
});

test.each([
  { name: 'a near name', service: 'wbe', says: 'did you mean shop/web? add it to the input, or correct the name' },
  {
    name: 'one of another namespace',
    service: 'billing',
    says: 'there is team/billing, but an Ingress only reaches Services of its own namespace; add it to the input, or correct the name',
  },
  { name: 'nothing like it', service: 'database', says: 'add it to the input, or correct the name' },
])('what was meant by a missing Service: $name', ({ service, says }) => {
  const resources = [shop({}, `${service}:80`), WEB, serviceOf('team/billing')];
  const { found } = compiled(resources, { world: OPEN, resolvers: ['10.0.0.10'] });
  expect(found.map(({ help }) => help)).toEqual([says]);
});
