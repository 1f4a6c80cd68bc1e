import fc from 'fast-check';
import { expect, test } from 'vitest';

import { namedPart } from '../../../src/manifests/named-parts.ts';
import type { NamedPart } from '../../../src/manifests/named-parts.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import { validateObjects } from '../../../src/resources/validate.ts';
import { runs } from '../../property/runs.ts';

function partOf(text: string): NamedPart | undefined {
  return namedPart(text, { start: 0, end: text.length });
}

const METADATA = 'metadata:\n  name: web\n  namespace: shop\n';

test.each([
  { name: 'a Service', text: `apiVersion: v1\nkind: Service\n${METADATA}spec:\n  ports: []\n` },
  { name: 'one behind a separator and comments', text: `---\n# Source: a\napiVersion: v1\nkind: Service\n${METADATA}` },
  { name: 'one whose kind comes first', text: `kind: Service\napiVersion: "v1"\n${METADATA}` },
  { name: 'a name in quotes', text: 'apiVersion: v1\nkind: Service\nmetadata:\n    name: "web"\n' },
  {
    name: 'a name behind labels',
    text: 'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    name: blog\n  name: web\n',
  },
])('$name is found without parsing', ({ text }) => {
  expect(partOf(text)).toEqual({ kind: 'Service', name: 'web' });
});

test('a slice is named by its Service', () => {
  const head = 'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: web-x7k2p\n';
  expect(partOf(`${head}  labels:\n    kubernetes.io/service-name: web\n`)).toEqual({
    kind: 'EndpointSlice',
    name: 'web',
  });
  expect(partOf(head)).toEqual({ kind: 'EndpointSlice', name: undefined });
  expect(partOf(`${head}  labels: { a: b }\n`)).toBeUndefined();
});

test.each([
  { name: 'an Ingress', text: `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${METADATA}` },
  { name: 'a Service of Knative', text: `apiVersion: serving.knative.dev/v1\nkind: Service\n${METADATA}` },
  { name: 'JSON', text: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}}\n' },
  {
    name: 'two objects without a separator',
    text: `apiVersion: v1\nkind: Service\n${METADATA}apiVersion: v1\nkind: Secret\n`,
  },
  { name: 'metadata that stands twice', text: `apiVersion: v1\nkind: Service\n${METADATA}${METADATA}` },
  { name: 'a name that stands twice', text: `apiVersion: v1\nkind: Service\n${METADATA}  name: blog\n` },
  { name: 'a key in quotes', text: 'apiVersion: v1\nkind: Service\nmetadata:\n  "name": web\n' },
  { name: 'a merge', text: 'apiVersion: v1\nkind: Service\nmetadata:\n  <<: *usual\n  name: web\n' },
  { name: 'an alias', text: 'apiVersion: v1\nkind: Service\nmetadata: *usual\n' },
  { name: 'a name of another form', text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: >-\n    web\n' },
  { name: 'no name', text: 'apiVersion: v1\nkind: Service\nmetadata:\n  namespace: shop\n' },
])('$name must be parsed', ({ text }) => {
  expect(partOf(text)).toBeUndefined();
});

/** Lines of manifests, of which most fit nowhere. */
const line = fc.constantFrom(
  'apiVersion: v1',
  'kind: Service',
  'kind: Secret',
  'kind: Endpoints',
  'metadata:',
  'spec:',
  'data:',
  '---',
  '',
  '  name: web',
  '  name: blog',
  '  "name": cart',
  '    name: cart',
  "  name: 'web'",
  '  name: web # main',
  '  ? name',
  '  namespace: shop',
  '  labels:',
  '  labels: *l',
  '  labels: {a: b}',
  '    app: web',
  '  <<: *m',
  '  text: |',
  '# name: a',
  '    kubernetes.io/service-name: web',
  '    "kubernetes.io/service-name": blog',
  '    "kubernetes.io\\/service-name": cart',
  'apiVersion: discovery.k8s.io/v1',
  'kind: EndpointSlice',
  'addressType: IPv4',
  'endpoints: []',
  '- a',
  '"kind": Secret',
  '  "x\\',
  '  name: a"',
  '  x: "',
  '\tname: web',
  '  name:',
  '    web',
  'a: &l {b: c}',
  '  annotations: &m',
  '  name: &n web',
);
const HEADS = [
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
  'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: web-1\n',
];
const document = fc
  .tuple(fc.constantFrom(...HEADS, ''), fc.array(line, { maxLength: 8 }))
  .map(([head, lines]) => `${head}${lines.map(each => `${each}\n`).join('')}`);

/** What parsing makes of a text: kinds with names, of slices with that of their Service. */
function parsedParts(text: string): readonly NamedPart[] {
  const nobody = (): void => undefined;
  const { objects } = parseSources([{ name: 'a.yaml', text }], nobody);
  return objects.flatMap(object => {
    const { kind, name } = object.document;
    const ofSlice = kind === 'EndpointSlice' ? validateObjects([object], nobody) : [];
    const names = ofSlice.map(each => (each.kind === 'EndpointSet' ? each.service : undefined));
    const found = KINDS.find(each => each === kind);
    if (found === undefined) throw new Error(`a ${kind} is looked up by its name`);
    return (kind === 'EndpointSlice' ? names : [name]).map(each => ({ kind: found, name: firstWord(each) }));
  });
}

const KINDS = ['Service', 'Endpoints', 'EndpointSlice', 'Secret', 'ConfigMap'] as const;

/** A line that goes on makes a name that nothing can have. */
function firstWord(name: string | undefined): string | undefined {
  return name?.replace(/\s.*$/s, '');
}

test('what is found without parsing is what parsing finds, or nothing can be parsed', () => {
  let count = 0;
  fc.assert(
    fc.property(document, text => {
      const [first = ''] = /^(?:(?!\n---)[\s\S])*/.exec(text) ?? [];
      const part = namedPart(text, { start: 0, end: Math.min(first.length + 1, text.length) });
      fc.pre(part !== undefined);
      count += 1;
      const others = parsedParts(first).filter(({ kind, name }) => kind !== part.kind || name !== part.name);
      // A slice of which no Service is known may have none.
      expect(others.filter(({ kind, name }) => kind !== 'EndpointSlice' || name !== undefined)).toEqual([]);
    }),
    { ...runs(400), maxSkipsPerRun: 100_000 },
  );
  expect(count).toBeGreaterThanOrEqual(400);
});
