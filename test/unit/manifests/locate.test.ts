import { describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { FieldPath } from '../../../src/diagnostics/place.ts';
import { locator } from '../../../src/manifests/locate.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';

interface Wanted {
  readonly document?: number;
  readonly path: FieldPath;
  readonly part?: 'key';
  readonly line?: number;
}

function read(text: string) {
  const { report, diagnostics } = collect();
  const { objects, skipped } = parseSources([{ name: 'web.yaml', text }], report);
  return { objects, skipped, diagnostics, documents: objects.map(({ document }) => document) };
}

function lookUp(text: string, { document = 0, path, part, line }: Wanted) {
  const { documents } = read(text);
  const id = documents[document]?.id ?? 'none';
  const origin = locator(documents)({
    document: id,
    path,
    ...(part === undefined ? {} : { part }),
    ...(line === undefined ? {} : { line }),
  });
  if (origin === undefined) return undefined;
  const lines = text.split(/\r\n|[\r\n]/);
  const token = lines[origin.line - 1]?.slice(
    origin.column - 1,
    origin.endLine === origin.line ? (origin.endColumn ?? 1) - 1 : undefined,
  );
  return { at: `${origin.line}:${origin.column}`, token, excerpt: origin.excerpt };
}

const INGRESS = `# the shop
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: "web"
  annotations: {a: 'x'}
  labels:
spec:
  rules:
  - host: shop.example
    http: &http
      paths:
      - path: /a
  - host: www.shop.example
    http: *http
  tls:
    - <<: {secretName: cert}
      hosts: [a, b]
  note: |
    first
    second
`;

describe('finds in YAML', () => {
  test.each([
    { name: 'a plain value', path: ['kind'], at: '3:7', token: 'Ingress' },
    { name: 'a quoted value with its quotes', path: ['metadata', 'name'], at: '5:9', token: '"web"' },
    { name: 'a key', path: ['metadata', 'name'], part: 'key' as const, at: '5:3', token: 'name' },
    { name: 'a value in flow style', path: ['metadata', 'annotations', 'a'], at: '6:20', token: "'x'" },
    { name: 'a flow mapping by its bracket', path: ['metadata', 'annotations'], at: '6:16', token: '{' },
    { name: 'a block mapping by its key', path: ['spec'], at: '8:1', token: 'spec' },
    { name: 'an empty value by its key', path: ['metadata', 'labels'], at: '7:3', token: 'labels' },
    { name: 'an item by its first key', path: ['spec', 'rules', 1], at: '14:5', token: 'host' },
    { name: 'a value in an item', path: ['spec', 'rules', 1, 'host'], at: '14:11', token: 'www.shop.example' },
    { name: 'an alias', path: ['spec', 'rules', 1, 'http'], at: '15:11', token: '*http' },
    {
      name: 'a value behind an alias',
      path: ['spec', 'rules', 1, 'http', 'paths', 0, 'path'],
      at: '13:15',
      token: '/a',
    },
    { name: 'a merged value', path: ['spec', 'tls', 0, 'secretName'], at: '17:24', token: 'cert' },
    { name: 'an item in flow style', path: ['spec', 'tls', 0, 'hosts', 1], at: '18:18', token: 'b' },
    { name: 'the first line of a block scalar', path: ['spec', 'note'], at: '20:5', token: 'first' },
    { name: 'the parent of a missing field', path: ['spec', 'rules', 0, 'http', 'x', 'y'], at: '11:5', token: 'http' },
    { name: 'the item of a missing field', path: ['spec', 'rules', 0, 'x'], at: '10:5', token: 'host' },
    { name: 'the first key for the whole', path: [], at: '2:1', token: 'apiVersion' },
    { name: 'the first key for a missing field', path: ['status'], at: '2:1', token: 'apiVersion' },
  ])('$name', ({ path, part, at, token }) => {
    expect(lookUp(INGRESS, { path, ...(part === undefined ? {} : { part }) })).toMatchObject({ at, token });
  });

  test('the last of equal keys', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: x\n  a: z\n';
    expect(lookUp(text, { path: ['data', 'a'] })).toMatchObject({ at: '5:6', token: 'z' });
  });

  test('a key that YAML does not read as text', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  yes: x\n';
    expect(lookUp(text, { path: ['data', 'true'] })).toMatchObject({ at: '4:8', token: 'x' });
  });

  test('the second document behind CR LF', () => {
    const text = `${INGRESS}---\n${INGRESS}`.replaceAll('\n', '\r\n');
    expect(lookUp(text, { document: 1, path: ['metadata', 'name'] })).toMatchObject({ at: '27:9', token: '"web"' });
  });

  test('an item of a list in a list', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: SecretList\n  items:\n  - {type: Opaque}\n';
    expect(lookUp(text, { path: ['type'] })).toMatchObject({ at: '7:12', token: 'Opaque' });
  });
});

describe('finds in JSON', () => {
  const JSON_TEXT = `{"kind": "ConfigMap", "apiVersion": "v1",
  "metadata": {"name": "a\\"b", "na\\u006De": "c"},
  "data": {"list": [1, [2, 3], {"x": null}], "true": true}}`;
  test.each([
    { name: 'a string with its quotes', path: ['kind'], at: '1:10', token: '"ConfigMap"' },
    { name: 'the last of equal keys, however written', path: ['metadata', 'name'], at: '2:45', token: '"c"' },
    { name: 'a key', path: ['data', 'list'], part: 'key' as const, at: '3:12', token: '"list"' },
    { name: 'an item', path: ['data', 'list', 1, 1], at: '3:28', token: '3' },
    { name: 'a list by its bracket', path: ['data', 'list'], at: '3:20', token: '[' },
    { name: 'null', path: ['data', 'list', 2, 'x'], at: '3:38', token: 'null' },
    { name: 'the parent of a missing field', path: ['data', 'list', 2, 'y'], at: '3:32', token: '{' },
    { name: 'the whole', path: [], at: '1:1', token: '{' },
  ])('$name', ({ path, part, at, token }) => {
    expect(lookUp(JSON_TEXT, { path, ...(part === undefined ? {} : { part }) })).toMatchObject({ at, token });
  });

  test('an item of a list', () => {
    const text =
      '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod"},\n {"apiVersion": "v1", "kind": "Service"}]}';
    expect(lookUp(text, { path: ['kind'] })).toMatchObject({ at: '2:31', token: '"Service"' });
  });
});

test('an unknown document has no place', () => {
  expect(locator([])({ document: 'web.yaml#0', path: [] })).toBeUndefined();
});

describe('the excerpt', () => {
  const SECRET =
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a_b\n  annotations:\n    last: hunter2\ndata:\n  a: hunter2\nstringData: {b: hunter2}\n';
  const LONG = `apiVersion: v1\nkind: ConfigMap\ndata: {a: ${'x'.repeat(300)}, b: z}\n`;
  test.each([
    { name: 'is the whole line', text: INGRESS, path: ['metadata', 'name'], excerpt: '  name: "web"' },
    { name: 'is without CR', text: INGRESS.replaceAll('\n', '\r\n'), path: ['kind'], excerpt: 'kind: Ingress' },
    { name: 'shows the name of a Secret', text: SECRET, path: ['metadata', 'name'], excerpt: '  name: a_b' },
    { name: 'hides data of a Secret', text: SECRET, path: ['data', 'a'], excerpt: undefined },
    { name: 'hides stringData of a Secret', text: SECRET, path: ['stringData', 'b'], excerpt: undefined },
    {
      name: 'hides annotations of a Secret',
      text: SECRET,
      path: ['metadata', 'annotations', 'last'],
      excerpt: undefined,
    },
    { name: 'hides a line far to the right', text: LONG, path: ['data', 'b'], excerpt: undefined },
    {
      name: 'hides a Secret on the same line',
      text: '{"apiVersion":"v1","kind":"Secret","data":{"a":"hunter2"}}{"apiVersion":"v1","kind":"ConfigMap"}',
      path: ['kind'],
      excerpt: undefined,
    },
  ])('$name', ({ text, path, excerpt }) => {
    expect(lookUp(text, { path })?.excerpt).toBe(excerpt);
  });
});

describe('a long list', () => {
  const items = Array.from(
    { length: 2000 },
    (_, index) => `- apiVersion: v1\n  data:\n    k: v${index}\n  kind: ConfigMap\n  metadata:\n    name: n${index}\n`,
  );
  const list = (tail: string): string => `apiVersion: v1\nitems:\n${items.join('')}${tail}`;

  test('is read like a short one', () => {
    const { objects, diagnostics } = read(list('kind: List\nmetadata:\n  resourceVersion: ""\n'));
    expect(diagnostics).toEqual([]);
    expect(objects).toHaveLength(2000);
    const last = { document: { id: 'web.yaml#0/items/1999' }, value: { data: { k: 'v1999' } } };
    expect(objects[1999]).toMatchObject(last);
  });

  test('gives the places of its items', () => {
    const text = list('kind: List\n');
    expect(lookUp(text, { document: 1000, path: ['data', 'k'] })).toMatchObject({ at: '6005:8', token: 'v1000' });
  });

  test('is read as a whole when an alias leads from item to item', () => {
    const text = list('- {apiVersion: v1, kind: ConfigMap, data: *shared}\nkind: List\n').replace(
      'data:\n',
      'data: &shared\n',
    );
    const { objects, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(objects[2000]?.value['data']).toEqual({ k: 'v0' });
    expect(lookUp(text, { document: 2000, path: ['data', 'k'] })).toMatchObject({ at: '5:8', token: 'v0' });
  });

  test('leaves out items of other kinds and keeps the numbers of the others', () => {
    const text = list('- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Secret\nkind: List\n');
    const { documents, skipped } = read(text);
    expect([...skipped]).toEqual([['v1/Pod', 1]]);
    expect(documents.at(-1)?.id).toBe('web.yaml#0/items/2001');
  });
});

describe('a place says which object it lies in', () => {
  const objectIn = (text: string) => {
    const { documents } = read(text);
    return locator(documents)({ document: documents[0]?.id ?? 'none', path: [] })?.object;
  };

  test.each([
    {
      name: 'an object without namespace lies in default, as kubectl has it',
      metadata: '{name: web}',
      object: { kind: 'Ingress', namespace: 'default', name: 'web' },
    },
    {
      name: 'an object with a namespace',
      metadata: '{name: web, namespace: shop}',
      object: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    },
    { name: 'an object without a name', metadata: '{generateName: web-}', object: undefined },
    { name: 'a name that is no text', metadata: '{name: 7}', object: undefined },
    { name: 'metadata that are no mapping', metadata: 'web', object: undefined },
  ])('$name', ({ metadata, object }) => {
    expect(objectIn(`{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: ${metadata}}`)).toEqual(object);
  });

  test('an IngressClass lies in no namespace', () => {
    const text = '{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx, namespace: shop}}';
    expect(objectIn(text)).toEqual({ kind: 'IngressClass', name: 'nginx' });
  });
});

test('finds the place in the file where lines lack their indentation', () => {
  const text =
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "a\nb"\n  labels: {\nc:\t1,\nd: [\n2\n]\n}\ndata: 3\n';
  expect(lookUp(text, { path: ['metadata', 'labels', 'd', 0] })).toMatchObject({ at: '9:1', token: '2' });
  expect(lookUp(text, { path: ['metadata', 'labels', 'c'] })).toMatchObject({ at: '7:4', token: '1' });
  expect(lookUp(text, { path: ['data'] })).toMatchObject({ at: '12:7', token: '3' });
});

const SNIPPETS = `kind: Ingress
metadata:
  annotations:
    literal: |-
      set $a b;

        deny all;
    folded: >
      set $a b;
      deny all;
    quoted: "set $a b;\\ndeny all;"
    alias: &alias |
      return 1;
      return 2;
    other: *alias
`;

describe('finds the line of a text', () => {
  test.each([
    { name: 'the first of a literal block', key: 'literal', line: 1, at: '5:7', token: 'set $a b;' },
    {
      name: 'one that is indented further, behind an empty one',
      key: 'literal',
      line: 3,
      at: '7:9',
      token: 'deny all;',
    },
    { name: 'one behind an alias', key: 'other', line: 2, at: '14:7', token: 'return 2;' },
    { name: 'the text, of a line that is empty', key: 'literal', line: 2, at: '5:7', token: 'set $a b;' },
    { name: 'the text, of a line that it does not have', key: 'literal', line: 9, at: '5:7', token: 'set $a b;' },
    { name: 'the text, where its lines are folded', key: 'folded', line: 2, at: '9:7', token: 'set $a b;' },
    {
      name: 'the text, where they stand in one line',
      key: 'quoted',
      line: 2,
      at: '11:13',
      token: String.raw`"set $a b;\ndeny all;"`,
    },
  ])('$name', ({ key, line, at, token }) => {
    const found = lookUp(SNIPPETS, { path: ['metadata', 'annotations', key], line });
    expect(found).toMatchObject({ at, token });
  });
});
