import { describe, expect, test } from 'vitest';

import { appOf, compiled, ingressOf } from '../../support/resources.ts';

const WEB = appOf('web', '10.0.0.1');
const NAME = 'guard-without-effect';

function found(annotations: Readonly<Record<string, string>>, labels?: Readonly<Record<string, string>>) {
  const ingress = ingressOf({ annotations, hosts: { 'a.io': [['/', 'web:80']] } });
  const run = compiled([...WEB, { ...ingress, ...(labels === undefined ? {} : { labels }) }]);
  return { ...run, idle: run.found.filter(({ rule }) => rule.name === NAME) };
}

describe('access control has no effect', () => {
  test.each([
    { name: 'under the old prefix', annotations: { 'ingress.kubernetes.io/auth-type': 'basic' } },
    { name: 'under the prefix of another controller', annotations: { 'nginx.org/basic-auth-secret': 'users' } },
    { name: 'under a prefix cut short', annotations: { 'nginx.ingress.kubernetes/auth-type': 'basic' } },
    {
      name: 'under a prefix with a letter too many',
      annotations: { 'nginx.ingress.kubernetes.ioo/auth-url': 'http://x' },
    },
    { name: 'with a dot for a slash', annotations: { 'nginx.ingress.kubernetes.io.auth-type': 'basic' }, bare: true },
    {
      name: 'as networks of a load balancer',
      annotations: { 'alb.ingress.kubernetes.io/inbound-cidrs': '10.0.0.0/8' },
    },
    { name: 'as a list of HAProxy', annotations: { 'haproxy.org/allow-list': '10.0.0.0/8' } },
    { name: 'as a policy of another nginx', annotations: { 'nginx.org/policies': 'webapp' } },
    { name: 'without any prefix', annotations: { 'auth-type': 'basic' }, bare: true },
    { name: 'with a dot for the slash', annotations: { 'nginx.ingress.kubernetes.io.auth-type': 'basic' }, bare: true },
    { name: 'under a prefix with two letters missing', annotations: { 'ngnx.ingres.kubernetes.io/auth-typ': 'basic' } },
    { name: 'with underscores', annotations: { auth_type: 'basic' } },
    { name: 'with a letter missing', annotations: { 'auth-typ': 'basic' } },
    { name: 'in capitals', annotations: { 'Auth-Type': 'basic' } },
    { name: 'with a name of its own', annotations: { 'basic-auth': 'users' } },
    { name: 'as a misspelt list of networks', annotations: { 'whitelist-source-ranges': '10.0.0.0/8' } },
    { name: 'as a list under a name that was never there', annotations: { 'ip-whitelist': '10.0.0.0/8' } },
  ])('$name', ({ annotations, bare = false }) => {
    const given = bare ? {} : annotations;
    const ingress = ingressOf({ annotations: given, hosts: { 'a.io': [['/', 'web:80']] } });
    const { found: all, locations } = compiled([...WEB, bare ? { ...ingress, annotations } : ingress]);
    expect(all.map(({ rule }) => rule.name)).toEqual([NAME]);
    expect(all[0]?.message).toMatch(/ has no effect: a\.io is open to everybody$/u);
    expect(locations('a.io')).toEqual(['^ / -> shop-web-80']);
  });

  test('as a label', () => {
    const { idle } = found({}, { 'nginx.ingress.kubernetes.io/auth-type': 'basic' });
    expect(idle).toMatchObject([
      {
        message: '"nginx.ingress.kubernetes.io/auth-type" has no effect: a.io is open to everybody',
        help: 'write it as an annotation: nginx.ingress.kubernetes.io/auth-type',
        at: { path: ['metadata', 'labels', 'nginx.ingress.kubernetes.io/auth-type'], part: 'key' },
      },
    ]);
  });

  test('as a label without prefix', () => {
    const { idle } = found({}, { 'auth-type': 'basic' });
    expect(idle.map(({ help }) => help)).toEqual(['write it as an annotation: nginx.ingress.kubernetes.io/auth-type']);
  });

  test.each(['auth-realm', 'auth-secret-type'])('of %s alone', name => {
    const { idle } = found({ [name]: name === 'auth-realm' ? 'Staff' : 'auth-map' });
    expect(idle.map(({ message }) => message)).toEqual([
      `${name} has no effect without auth-type: a.io is open to everybody`,
    ]);
  });

  test('without a value, which the controller ignores', () => {
    const { idle } = found({ 'auth-url': '' });
    expect(idle.map(({ message, help }) => [message, help])).toEqual([
      [
        '"nginx.ingress.kubernetes.io/auth-url" has no effect: a.io is open to everybody',
        'give it a value, or remove it',
      ],
    ]);
  });

  test('and all of one Ingress are one finding', () => {
    const { idle } = found({
      'ingress.kubernetes.io/auth-type': 'basic',
      'ingress.kubernetes.io/auth-secret': 'users',
    });
    expect(idle).toHaveLength(1);
    expect(idle[0]?.related).toHaveLength(1);
  });

  test('with an empty kind of auth, which asks nobody for a password', () => {
    const { idle, locations } = found({ 'auth-type': '', 'auth-secret': 'users' });
    expect(idle.map(({ message }) => message)).toEqual([
      'auth-secret: "users" has no effect, since auth-type is empty: a.io is open to everybody',
    ]);
    expect(locations('a.io')).toEqual(['^ / -> shop-web-80']);
  });
});

test.each<{ name: string; annotations: Readonly<Record<string, string>> }>([
  {
    name: 'is not said of annotations that guard nothing',
    annotations: { 'ingress.kubernetes.io/ssl-redirect': 'true' },
  },
  {
    name: 'nor of those of other programs',
    annotations: { 'cert-manager.io/auth-url': '', 'example.com/authors': 'x' },
  },
  { name: 'nor of values that ask for no guard', annotations: { 'ingress.kubernetes.io/auth-type': 'none' } },
  {
    name: 'nor of a list that lets everybody in',
    annotations: { 'ingress.kubernetes.io/whitelist-source-range': '0.0.0.0/0' },
  },
])('that access control has no effect $name', ({ annotations }) => {
  expect(found(annotations).idle).toEqual([]);
});

test('a realm beside another guard is no finding of its own', () => {
  expect(found({ 'auth-realm': 'Staff', 'auth-url': 'http://x' }).idle).toEqual([]);
});

test('what is closed anyway is not called open', () => {
  const { lines, locations } = found({ 'Auth-Type': 'basic', 'auth-secret': 'users' });
  expect(locations('a.io')).toEqual(['^ / -> 503']);
  expect(lines).toEqual([
    'invalid-guard: auth-secret: "users" asks for a password, but auth-type is missing',
    'unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/Auth-Type"',
  ]);
});

test('what stands under the right prefix as well is in force', () => {
  const annotations = { 'ingress.kubernetes.io/auth-url': 'http://x', 'auth-url': 'http://x' };
  expect(found(annotations).idle).toEqual([]);
});

describe('beside what closes the locations of our nginx', () => {
  const OLD = { 'ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8' };
  const linesOf = (annotations: Readonly<Record<string, string>>, isCheck: boolean) => {
    const ingress = ingressOf({ annotations: { ...OLD, ...annotations }, hosts: { 'a.io': [['/', 'web:80']] } });
    return compiled([...WEB, ingress], isCheck ? { isCheck } : {}).found.filter(({ rule }) => rule.name === NAME);
  };

  test.each([
    { name: 'a snippet', annotations: { 'configuration-snippet': 'add_header A b;' } },
    { name: 'a Secret that is missing', annotations: { 'auth-type': 'basic', 'auth-secret': 'users' } },
  ])('a check says what has no effect: $name', ({ annotations }) => {
    expect(linesOf(annotations, true).map(({ message }) => message)).toEqual([
      '"ingress.kubernetes.io/whitelist-source-range" has no effect',
    ]);
    expect(linesOf(annotations, false)).toEqual([]);
  });

  test('but not where the controller drops the Ingress, too', () => {
    expect(linesOf({ 'limit-rps': 'ten' }, true)).toEqual([]);
  });
});

describe('the help for a guard that has no effect is what --fix writes', () => {
  const PREFIX = 'nginx.ingress.kubernetes.io/';

  test.each([
    { key: `${PREFIX}whitelist-source-rang`, help: `did you mean ${PREFIX}allowlist-source-range?` },
    { key: `${PREFIX}Auth-Type`, help: `did you mean ${PREFIX}auth-type?` },
    { key: 'ingress.kubernetes.io/whitelist-source-range', help: `write ${PREFIX}allowlist-source-range` },
  ])('$key', ({ key, help }) => {
    const [only] = found({ [key]: '10.0.0.0/8' }).idle;
    expect(only?.help).toBe(help);
    expect(help).toContain(only?.fix?.title.replace('write ', ''));
  });
});
