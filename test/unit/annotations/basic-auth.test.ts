import { describe, expect, test } from 'vitest';

import { basicAuth } from '../../../src/annotations/basic-auth.ts';
import { runFamily } from '../../support/annotations.ts';
import { HASHES } from '../../support/credentials.ts';
import { compiled, ingressOf, linesOf, secretOf } from '../../support/resources.ts';

const ON = { 'auth-type': 'basic', 'auth-secret': 'users' };
const LINE = `ines:${HASHES.ines}\n`;
const users = secretOf('users', { auth: LINE });
const resources = [
  users,
  secretOf('map', { ines: HASHES.ines, tomasz: `${HASHES.tomasz}\n` }),
  secretOf('billing/users', { auth: LINE }),
];
const run = (annotations: Readonly<Record<string, string>>) => runFamily(basicAuth, annotations, { resources });

describe('basic auth asks for a password', () => {
  test.each([
    {
      name: 'with a Secret of its namespace',
      given: ON,
      policy: { realm: '', users: 'shop_users' },
      content: LINE,
    },
    {
      name: 'with the namespace written out',
      given: { ...ON, 'auth-secret': 'shop/users' },
      policy: { users: 'shop_users' },
    },
    {
      name: 'with blanks around the values',
      given: { 'auth-type': ' basic', 'auth-secret': ' users ' },
      policy: { users: 'shop_users' },
    },
    {
      name: 'with a realm',
      given: { ...ON, 'auth-realm': 'Authentication Required - foo' },
      policy: { realm: 'Authentication Required - foo' },
    },
    { name: 'with blanks around the realm', given: { ...ON, 'auth-realm': ' Shop ' }, policy: { realm: 'Shop' } },
    { name: 'with an empty realm', given: { ...ON, 'auth-realm': '' }, policy: { realm: '' } },
    {
      name: 'with a Secret of one key a user',
      given: { ...ON, 'auth-secret': 'map', 'auth-secret-type': 'auth-map' },
      policy: { users: 'shop_map_map' },
      content: `ines:${HASHES.ines}\ntomasz:${HASHES.tomasz}\n`,
    },
    {
      name: 'with auth-file written out',
      given: { ...ON, 'auth-secret-type': 'auth-file' },
      policy: { users: 'shop_users' },
    },
  ])('$name', ({ given, policy, content }) => {
    const { policy: found, files, denied, found: said } = run(given);
    expect(found).toMatchObject(policy);
    expect(files).toMatchObject([content === undefined ? {} : { content }]);
    expect(denied).toBeUndefined();
    expect(said).toEqual([]);
  });

  test('and says which Secret the users come from', () => {
    expect(run(ON).files[0]?.from).toEqual({
      resource: { kind: 'Secret', namespace: 'shop', name: 'users' },
      field: { document: 'secret-shop/users', path: [] },
    });
  });
});

describe('basic auth asks for none', () => {
  test.each([
    { name: 'without annotations', given: {} },
    { name: 'with a realm only', given: { 'auth-realm': 'Shop, internal' }, idle: ['guard-without-effect'] },
    {
      name: 'with a way to read the Secret only',
      given: { 'auth-secret-type': 'file' },
      idle: ['guard-without-effect'],
    },
  ])('$name', ({ given, idle = [] }) => {
    const { found, policy, wantsRegex, denied } = run(given);
    expect({ policy, wantsRegex, denied }).toEqual({ policy: undefined, wantsRegex: false, denied: undefined });
    expect(found.map(({ rule }) => rule.name)).toEqual(idle);
  });

  test.each([
    { path: '/.well-known/acme-challenge/x', options: {}, isFree: true },
    { path: '/.well-known/acme', options: {}, isFree: false },
    { path: '/open/x', options: { 'no-auth-locations': '/open, /free' }, isFree: true },
    { path: '/free', options: { 'no-auth-locations': '/open, /free' }, isFree: true },
    { path: '/.well-known/acme-challenge/x', options: { 'no-auth-locations': '/open' }, isFree: false },
    { path: '/', options: { 'no-auth-locations': '' }, isFree: false },
  ])('at $path with $options: $isFree', ({ path, options, isFree }) => {
    const { policy } = runFamily(basicAuth, ON, { resources, options, facts: { path } });
    expect(policy === undefined).toBe(isFree);
  });
});

describe('basic auth closes the door', () => {
  test.each([
    {
      name: 'without a Secret',
      given: { 'auth-type': 'basic' },
      lines: ['missing-auth-secret: auth-type is set, but auth-secret is missing'],
    },
    {
      name: 'with an empty Secret',
      given: { ...ON, 'auth-secret': '' },
      lines: ['missing-auth-secret: auth-type is set, but auth-secret is missing'],
    },
    {
      name: 'with a Secret that is missing',
      given: { ...ON, 'auth-secret': 'gone' },
      lines: ['missing-auth-secret: the Secret shop/gone is not in the input'],
    },
    {
      name: 'with a Secret of another namespace',
      given: { ...ON, 'auth-secret': 'billing/users' },
      lines: ['missing-auth-secret: auth-secret: billing/users is not in the namespace of the Ingress'],
    },
    {
      name: 'with what is no name',
      given: { ...ON, 'auth-secret': 'a/b/c' },
      lines: ['missing-auth-secret: auth-secret: "a/b/c" is not the name of a Secret'],
    },
    {
      name: 'with letters that no name has',
      given: { ...ON, 'auth-secret': 'users;' },
      lines: ['invalid-guard: auth-secret: "users;" has characters that are not allowed here'],
    },
    {
      name: 'with a line break in the name',
      given: { ...ON, 'auth-secret': 'users\nx' },
      lines: ['invalid-guard: auth-secret: "users\nx" has characters that are not allowed here'],
    },
    {
      name: 'with a Secret without the key auth',
      given: { ...ON, 'auth-secret': 'map' },
      lines: ['missing-auth-secret: the Secret shop/map has no key "auth"'],
    },
    {
      name: 'with another way to read the Secret',
      given: { ...ON, 'auth-secret-type': 'file' },
      lines: ['invalid-guard: auth-secret-type: "file" is not one of auth-file, auth-map'],
    },
    {
      name: 'with digest auth',
      given: { ...ON, 'auth-type': 'digest' },
      lines: ['invalid-guard: auth-type: "digest" needs a module that nginx does not ship'],
    },
    {
      name: 'with another kind of auth',
      given: { ...ON, 'auth-type': 'bearer' },
      lines: ['invalid-guard: auth-type: "bearer" is not one of basic'],
    },
    // The controller lets everybody in here.
    {
      name: 'with users and no kind of auth',
      given: { 'auth-secret': 'users' },
      lines: ['invalid-guard: auth-secret: "users" asks for a password, but auth-type is missing'],
    },
    {
      name: 'with the realm off',
      given: { ...ON, 'auth-realm': ' off ' },
      lines: ['invalid-guard: auth-realm: " off " would switch basic auth off in nginx'],
    },
    {
      name: 'with a realm that leaves its quotes',
      given: { ...ON, 'auth-realm': 'x"; return 200; #' },
      lines: ['invalid-guard: auth-realm: "x"; return 200; #" has characters that are not allowed here'],
    },
    {
      name: 'with a line break in the realm',
      given: { ...ON, 'auth-realm': 'Shop\nx' },
      lines: ['invalid-guard: auth-realm: "Shop\nx" has characters that are not allowed here'],
    },
  ])('$name', ({ given, lines }) => {
    const { denied, found } = run(given);
    expect(denied).toEqual(expect.any(String));
    expect(linesOf(found)).toEqual(lines);
    expect(found.every(({ severity }) => severity === 'error')).toBe(true);
  });

  test('and points at the annotation', () => {
    expect(run({ ...ON, 'auth-secret': 'gone' }).found[0]?.at).toEqual({
      document: 'shop/web',
      path: ['metadata', 'annotations', 'nginx.ingress.kubernetes.io/auth-secret'],
    });
  });
});

test('lines that nginx would not read are said, and left out', () => {
  const secret = secretOf('users', { auth: `${LINE}tomasz:secret\n` });
  const { files, denied, found } = runFamily(basicAuth, ON, { resources: [secret] });
  expect(files).toMatchObject([{ content: LINE }]);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual([
    'invalid-password-line: Secret shop/users: line 2 of "auth" has a password hash in a format that nginx does not support',
  ]);
  expect(found[0]?.at).toEqual({ document: 'secret-shop/users', path: ['data', 'auth'] });
  expect(JSON.stringify(found)).not.toContain('secret"');
});

test.each([
  { name: 'an empty file', type: 'auth-file', texts: { auth: '# nobody yet\n' } },
  { name: 'a map without entries', type: 'auth-map', texts: {} },
])('$name lets nobody in, and that is said', ({ type, texts }) => {
  const annotations = { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-secret-type': type };
  const { lines } = compiled([ingressOf({ annotations }), secretOf('users', texts)]);
  expect(lines).toEqual(['invalid-password-line: the Secret shop/users contains no user: nobody can log in']);
});
