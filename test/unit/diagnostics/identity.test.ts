import { expect, test } from 'vitest';

import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { IdentityContext } from '../../../src/diagnostics/identity.ts';
import { identityOf, numbering } from '../../../src/diagnostics/identity.ts';
import type { FieldPath } from '../../../src/diagnostics/place.ts';
import { objectNamed } from '../../support/object-name.ts';

const RULE = { id: 'I2N110', name: 'invalid-type', severity: 'error', summary: '', why: '' } as const;
const PATH = ['spec', 'rules', 0, 'host'];

/** A finding that is about a field of a document. */
function found(document: string, parts: Partial<Diagnostic> & { readonly path?: FieldPath } = {}): Diagnostic {
  const { path = PATH, ...rest } = parts;
  return { rule: RULE, severity: 'error', message: '"a_b" is not a host', at: { document, path }, ...rest };
}

/** A finding that is about a file. */
function inFile(file: string, message: string, line = 1): Diagnostic {
  return { rule: RULE, severity: 'error', message, at: { file, line, column: 1 } };
}

/** A run in which the documents whose ids begin with these texts hold these objects. */
function run(objects: Readonly<Record<string, string>>, root?: string): IdentityContext {
  return {
    objectOf(document) {
      const text = Object.entries(objects).find(([start]) => document.startsWith(start))?.[1];
      return text === undefined ? undefined : objectNamed(text);
    },
    ...(root === undefined ? {} : { root }),
  };
}

const WEB = run({ a: 'Ingress shop/web' });

test.each([
  { name: 'when lines come or go above it', one: found('a.yaml#0'), other: found('a.yaml#120') },
  { name: 'in another file', one: found('a.yaml#0'), other: found('about/web.yaml#0') },
  { name: 'in an item of a list', one: found('a.yaml#0'), other: found('all.yaml#0/items/3') },
  {
    name: 'when a rule comes in above it',
    one: found('a.yaml#0'),
    other: found('a.yaml#0', { path: ['spec', 'rules', 1, 'host'] }),
  },
  { name: 'when it becomes worse', one: found('a.yaml#0', { severity: 'warning' }), other: found('a.yaml#0') },
  {
    name: 'with other help and other places beside it',
    one: found('a.yaml#0', {
      help: 'write "a-b"',
      related: [{ message: 'here', at: { document: 'b.yaml#0', path: [] } }],
    }),
    other: found('a.yaml#0'),
  },
  {
    name: 'where it is known by its line alone',
    one: { ...found(''), at: { file: 'a.yaml', line: 3, column: 1, object: objectNamed('Ingress shop/web') } },
    other: { ...found(''), at: { file: 'b.yaml', line: 9, column: 5, object: objectNamed('Ingress shop/web') } },
  },
  {
    name: 'when a line moves that its message counts',
    one: inFile('users', 'line 3 of "auth" has no password hash'),
    other: inFile('users', 'line 12 of "auth" has no password hash'),
  },
  {
    name: 'in a file that is no object, at another line',
    one: inFile('c.yaml', 'a tab indents', 3),
    other: inFile('c.yaml', 'a tab indents', 9),
  },
])('a finding is the same $name', ({ one, other }) => {
  expect(identityOf(other, WEB)).toBe(identityOf(one, WEB));
});

test.each([
  { name: 'from a file and from a cluster', documents: ['web.yaml#0', 'Ingress shop/web#0'] },
  { name: 'of an object in two folders', documents: ['/home/anna/shop/web.yaml#0', '/builds/7/shop/web.yaml#0'] },
])('a finding is the same $name', ({ documents }) => {
  const context = run({ web: 'Ingress shop/web', Ingress: 'Ingress shop/web', '/': 'Ingress shop/web' });
  const [one, other] = documents.map(document => identityOf(found(document), context));
  expect(other).toBe(one);
});

test.each([
  { name: 'an absolute name', file: '/builds/7/shop/web.yaml' },
  { name: 'a name from the folder', file: 'shop/web.yaml' },
  { name: 'a name with a dot', file: './shop/web.yaml' },
])('the folder of the run does not count, for $name', ({ file }) => {
  const context = run({}, '/builds/7');
  const here = run({}, '/home/anna');
  const message = (name: string): string => `"${name}" cannot be read`;
  const one = identityOf(inFile('shop/web.yaml', message('shop/web.yaml')), here);
  expect(identityOf(inFile(file, message(file.replace('./', ''))), context)).toBe(one);
});

test('a folder below the root, from which names begin, does not count', () => {
  const below = { ...run({}, '/builds/7'), folder: '/builds/7/shop' };
  const one = identityOf(inFile('shop/web.yaml', 'a tab indents'), run({}, '/home/anna'));
  expect(identityOf(inFile('web.yaml', 'a tab indents'), below)).toBe(one);
  expect(identityOf(inFile('../shop/web.yaml', 'a tab indents'), below)).toBe(one);
});

test('what is piped in has the same name in every folder', () => {
  const [one, other] = ['/builds/7', '/builds/7/shop'].map(folder =>
    identityOf(inFile('<stdin>', 'a tab indents'), { ...run({}, '/builds/7'), folder }),
  );
  expect(other).toBe(one);
});

test.each([
  { name: 'another rule', other: found('a.yaml#0', { rule: { ...RULE, id: 'I2N111' } }) },
  { name: 'another message', other: found('a.yaml#0', { message: '"a_c" is not a host' }) },
  { name: 'another field', other: found('a.yaml#0', { path: ['spec', 'tls', 0, 'hosts', 0] }) },
  { name: 'another object', other: found('b.yaml#0') },
  { name: 'no place', other: { rule: RULE, severity: 'error', message: '"a_b" is not a host' } as const },
])('a finding is another one with $name', ({ other }) => {
  const context = run({ a: 'Ingress shop/web', b: 'Ingress shop/api' });
  expect(identityOf(other, context)).not.toBe(identityOf(found('a.yaml#0'), context));
});

test('two files without objects are not the same, and documents of one file are', () => {
  const [one, below, other] = ['c.yaml#0', 'c.yaml#90', 'd.yaml#0'].map(document =>
    identityOf(found(document), run({})),
  );
  expect(below).toBe(one);
  expect(other).not.toBe(one);
});

test('equal findings of a run are told apart, in any order', () => {
  const inOrder = (identities: readonly string[]): readonly string[] => identities.map(numbering()).toSorted();
  expect(inOrder(['a', 'b', 'a'])).toEqual(['1 a', '1 b', '2 a']);
  expect(inOrder(['b', 'a', 'a'])).toEqual(inOrder(['a', 'a', 'b']));
});
