import { describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { isFieldRef } from '../../../src/diagnostics/place.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';

function parse(text: string, name = 'all.yaml') {
  const { report, diagnostics } = collect();
  const { objects, skipped } = parseSources([{ name, text }], report);
  const documents = objects.map(({ document }) => document);
  const places = diagnostics.map(({ at, rule }) =>
    at === undefined || isFieldRef(at) ? rule.name : `${rule.name} ${at.line}:${at.column}`,
  );
  return { objects, documents, skipped: Object.fromEntries(skipped), diagnostics, places };
}

const WEB = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n';
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-1\n';

describe('finds the objects of', () => {
  const JSON_MAP = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}';
  test.each([
    { name: 'one document', text: WEB, ids: ['all.yaml#0'] },
    { name: 'several documents', text: `${WEB}---\n${MAP}`, ids: ['all.yaml#0', 'all.yaml#1'] },
    { name: 'a text with leading --- and trailing ...', text: `---\n${WEB}...\n`, ids: ['all.yaml#0'] },
    {
      name: 'documents with a --- that has a comment',
      text: `${WEB}--- # next\n${MAP}`,
      ids: ['all.yaml#0', 'all.yaml#1'],
    },
    { name: 'empty and comment-only documents', text: `---\n---\n# nothing\n---\n${WEB}---\n`, ids: ['all.yaml#2'] },
    { name: 'a text with byte order mark', text: `\uFEFF${WEB}`, ids: ['all.yaml#0'] },
    {
      name: 'files with byte order marks, one behind the other',
      text: `\uFEFF---\n${WEB}---\n\uFEFF${MAP}`,
      ids: ['all.yaml#0', 'all.yaml#1'],
    },
    { name: 'a --- before a byte order mark', text: `---\r\n\uFEFF${WEB}`, ids: ['all.yaml#0'] },
    { name: 'CR LF', text: `${WEB}---\n${MAP}`.replaceAll('\n', '\r\n'), ids: ['all.yaml#0', 'all.yaml#1'] },
    { name: 'a document with directives', text: `%YAML 1.1\n---\n${WEB}`, ids: ['all.yaml#0'] },
    { name: 'directives behind ...', text: `${WEB}...\n%YAML 1.1\n---\n${MAP}`, ids: ['all.yaml#0', 'all.yaml#1'] },
    {
      name: 'a List',
      text: `apiVersion: v1\nkind: List\nitems:\n- ${MAP.replaceAll('\n', '\n  ')}\n`,
      ids: ['all.yaml#0/items/0'],
    },
    {
      name: 'a typed list whose items have no type',
      text: 'apiVersion: networking.k8s.io/v1\nkind: IngressList\nitems: [{metadata: {name: a}}]',
      ids: ['all.yaml#0/items/0'],
    },
    {
      name: 'a list in a list',
      text: `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [${JSON_MAP}]}]`,
      ids: ['all.yaml#0/items/0/items/0'],
    },
    { name: 'an empty list', text: 'apiVersion: v1\nkind: List\nitems:\n', ids: [] },
    { name: 'JSON', text: JSON_MAP, ids: ['all.yaml#0'] },
    { name: 'JSON with byte order mark', text: `\uFEFF${JSON_MAP}`, ids: ['all.yaml#0'] },
    { name: 'JSON values one after the other', text: `${JSON_MAP}\n${JSON_MAP}`, ids: ['all.yaml#0', 'all.yaml#1'] },
    { name: 'JSON documents between ---', text: `${JSON_MAP}\n---\n${JSON_MAP}`, ids: ['all.yaml#0', 'all.yaml#1'] },
    { name: 'a flow mapping', text: '{apiVersion: v1, kind: Secret}', ids: ['all.yaml#0'] },
    { name: 'nothing', text: '', ids: [] },
  ])('$name', ({ text, ids }) => {
    const { documents, places } = parse(text);
    expect(documents.map(document => document.id)).toEqual(ids);
    expect(places).toEqual([]);
  });
});

test('items of a typed list take its type', () => {
  const [item] = parse('apiVersion: networking.k8s.io/v1\nkind: IngressList\nitems: [{metadata: {name: a}}]').objects;
  expect(item?.document).toMatchObject({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', itemPath: ['items', 0] });
  expect(item?.value).toEqual({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a' } });
});

test.each([
  { name: 'behind ---', text: `---\n# Source: shop/templates/web.yaml\n${WEB}`, source: 'shop/templates/web.yaml' },
  { name: 'behind other comments', text: `# by hand\n\n# Source: a.yaml\n${WEB}`, source: 'a.yaml' },
  { name: 'not below the first key', text: `${WEB}# Source: a.yaml\n`, source: undefined },
])('reads the comment of Helm $name', ({ text, source }) => {
  expect(parse(text).documents[0]?.helmSource).toBe(source);
});

test.each([
  { name: 'other kinds', text: `${POD}---\n${WEB}---\n${POD}`, skipped: { 'v1/Pod': 2 } },
  {
    name: 'other kinds in a list',
    text: `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}`,
    skipped: { 'v1/Pod': 1 },
  },
  {
    name: 'a typed list of another kind',
    text: 'apiVersion: v1\nkind: PodList\nitems: [{}, {}]',
    skipped: { 'v1/Pod': 2 },
  },
  {
    name: 'a Knative Service',
    text: 'apiVersion: serving.knative.dev/v1\nkind: Service',
    skipped: { 'serving.knative.dev/v1/Service': 1 },
  },
  {
    name: 'a Knative Ingress',
    text: 'apiVersion: networking.internal.knative.dev/v1alpha1\nkind: Ingress',
    skipped: { 'networking.internal.knative.dev/v1alpha1/Ingress': 1 },
  },
  { name: 'a quoted kind', text: 'apiVersion: "v1"\nkind: "Pod"', skipped: { 'v1/Pod': 1 } },
  {
    name: 'a quoted kind, whatever else is there',
    text: `apiVersion: 'v1'\nkind: "Pod"\nspec: [`,
    skipped: { 'v1/Pod': 1 },
  },
  {
    name: 'a kind that ends in List but has no items',
    text: 'apiVersion: acme.io/v1\nkind: AllowList',
    skipped: { 'acme.io/v1/AllowList': 1 },
  },
])('counts $name', ({ text, skipped }) => {
  const result = parse(text);
  expect(result.skipped).toEqual(skipped);
  expect(result.places).toEqual([]);
});

describe('reports', () => {
  const DEEP = 10_000;
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
  for (const [before, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh']) {
    bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join()}]`);
  }
  test.each([
    { name: 'a bracket that is not closed', text: 'kind: [Ingress\nname: b\n', places: ['broken-yaml 1:7'] },
    { name: 'a quote that is not closed', text: `${MAP}data:\n  a: "1\n  b: "2"\n`, places: ['broken-yaml 6:6'] },
    {
      name: 'a mistake behind a line without indentation',
      text: `${MAP}data:\n  a: "1\n2"\n  b: {c: 1\n  d: 2}\n`,
      places: ['broken-yaml 9:4'],
    },
    { name: 'a tab as indent', text: `${WEB}spec:\n\trules: []\n`, places: ['broken-yaml 6:1'] },
    { name: 'a template', text: `${WEB}spec: {{ .Values.spec }}\n`, places: ['broken-yaml 5:8'] },
    { name: 'a document that is text', text: `hello\n---\n${WEB}`, places: ['not-an-object 1:1'] },
    { name: 'a document that is a list', text: `---\n- a\n- b\n---\n${WEB}`, places: ['not-an-object 2:1'] },
    {
      name: 'an item that is null',
      text: 'apiVersion: v1\nkind: List\nitems:\n- null\n',
      places: ['not-an-object 4:3'],
    },
    {
      name: 'items that are a mapping',
      text: 'apiVersion: v1\nkind: List\nitems: {a: 1}\n',
      places: ['items-not-a-list 3:8'],
    },
    { name: 'values of a Helm chart', text: 'replicas: 2\n', places: ['not-kubernetes 1:1'] },
    { name: 'a missing kind', text: 'apiVersion: v1\nmetadata: {}\n', places: ['missing-kind 1:1'] },
    { name: 'a kind that is a number', text: 'apiVersion: v1\nkind: 5\n', places: ['missing-kind 2:7'] },
    { name: 'a missing apiVersion', text: 'kind: Ingress\n', places: ['missing-api-version 1:1'] },
    {
      name: 'an unknown version',
      text: 'apiVersion: extensions/v1\nkind: Ingress\n',
      places: ['unknown-api-version 1:13'],
    },
    { name: 'the core group', text: 'apiVersion: v1\nkind: Ingress\n', places: ['unknown-api-version 1:13'] },
    {
      name: 'a wrong group of Kubernetes',
      text: 'apiVersion: apps/v1\nkind: Service\n',
      places: ['unknown-api-version 1:13'],
    },
    {
      name: 'a misspelt kind',
      text: 'apiVersion: networking.k8s.io/v1\nkind: ingress\n',
      places: ['misspelt-kind 2:7'],
    },
    { name: 'a duplicate key', text: `${MAP}data:\n  a: "1"\n  b: "2"\n  a: "3"\n`, places: ['duplicate-key 8:3'] },
    { name: 'a null key', text: `${MAP}data:\n  ~: a\n`, places: ['broken-yaml 6:3'] },
    { name: 'an alias without anchor', text: `${MAP}data: *base\n`, places: ['broken-yaml 5:7'] },
    { name: 'an alias inside its own value', text: `${MAP}data: &d {a: *d}\n`, places: ['recursive-alias 5:14'] },
    { name: 'an alias bomb', text: `${MAP}${bomb.join('\n')}\n`, places: ['excessive-aliases 9:29'] },
    { name: 'deep YAML in flow style', text: `a: ${'['.repeat(DEEP)}`, places: ['nesting-too-deep 1:503'] },
    {
      name: 'deep YAML in block style',
      text: Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      places: ['nesting-too-deep 500:500'],
    },
    {
      name: 'deep JSON',
      text: `{"apiVersion":"v1","kind":"ConfigMap","x":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
      places: ['nesting-too-deep 1:1'],
    },
    { name: 'a NUL', text: `${MAP}data:\n  a: "\0"\n`, places: ['broken-yaml 6:7'] },
  ])('$name', ({ text, places }) => {
    expect(parse(text).places).toEqual(places);
  });

  test.each([
    { name: 'a comma too much', text: '{"kind": "Secret",}', places: ['broken-json 1:19'] },
    { name: 'an open end', text: '{"kind": "Secret"', places: ['broken-json 1:18'] },
    { name: 'text behind the value', text: '{"apiVersion": "v1", "kind": "Secret"}\nx', places: ['broken-json 2:1'] },
    { name: 'a line end in a string', text: '{"kind": "Sec\nret"}', places: ['broken-json 1:10'] },
  ])('$name in JSON', ({ text, places }) => {
    expect(parse(text, 'all.json').places).toEqual(places);
  });
});

test('a kind that is written twice counts as the last one', () => {
  const { documents, places } = parse('apiVersion: v1\nkind: Pod\nkind: Secret\n');
  expect(documents.map(document => document.kind)).toEqual(['Secret']);
  expect(places).toEqual(['duplicate-key 3:1']);
});

describe('a document of more than 64 MiB', () => {
  const comment = `# ${'x'.repeat(64 * 1024 * 1024)}\n`;

  test('is refused if js-yaml must read it, and the others are read', () => {
    const { documents, places } = parse(`${WEB}---\n${MAP}data: &a {}\n${comment}---\n${MAP}`);
    expect(documents.map(document => document.id)).toEqual(['all.yaml#0', 'all.yaml#2']);
    expect(places).toEqual(['file-too-large 5:1']);
  });

  test('is read if it is plain', () => {
    expect(parse(MAP + comment)).toMatchObject({ documents: [{ kind: 'ConfigMap' }], places: [] });
  });
});

test.each([
  { name: 'before a document', text: `${'#\n'.repeat(10_000_000)}${MAP}`, ids: ['all.yaml#0'] },
  { name: 'behind a directive', text: `%YAML 1.1\n${'#\n'.repeat(10_000_000)}---\n${MAP}`, ids: ['all.yaml#0'] },
])('reads millions of comments $name', ({ text, ids }) => {
  expect(parse(text).documents.map(document => document.id)).toEqual(ids);
});

test('reads the documents around a broken one', () => {
  const { documents, places } = parse(`${WEB}---\nkind: [\n---\n${MAP}`);
  expect(documents.map(document => document.kind)).toEqual(['Ingress', 'ConfigMap']);
  expect(places).toEqual(['broken-yaml 6:7']);
});

test('reads the JSON values before a broken one', () => {
  const { documents } = parse('{"apiVersion": "v1", "kind": "Secret"}\n{"apiVersion": }', 'all.json');
  expect(documents.map(document => document.id)).toEqual(['all.json#0']);
});

test('reports no more than 20 problems of a file and counts the rest', () => {
  const { diagnostics } = parse('kind: Ingress\n---\n'.repeat(50));
  expect(diagnostics).toHaveLength(21);
  expect(diagnostics.at(-1)?.message).toBe('30 more problems in this file, not shown');
});

describe('shows nothing of a Secret', () => {
  test.each([
    { name: 'that is broken', text: 'kind: Secret\nstringData:\n  a: *hunter2\n' },
    { name: 'with a duplicate key', text: 'apiVersion: v1\nkind: Secret\ndata:\n  a: hunter2\n  a: hunter2\n' },
    { name: 'without apiVersion on one line', text: '{"kind":"Secret","data":{"a":"hunter2"}}' },
  ])('$name', ({ text }) => {
    const { diagnostics } = parse(text);
    expect(diagnostics).toHaveLength(1);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });
});

describe('of a file to which a link leads out of the folder, nothing is shown:', () => {
  test.each([
    { name: 'a list of users', text: 'root:$6$salt$hash:19000:0:99999:7:::\ndaemon:*:19000::\n' },
    { name: 'a private key', text: '-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n' },
    { name: 'settings', text: 'password: hunter2\nhost: *db\n' },
    { name: 'JSON that is broken', text: '{"password": "hunter2",,}' },
    { name: 'an unknown kind', text: 'apiVersion: v1\nkind: hunter2 Secret\n' },
  ])('$name', ({ text }) => {
    const { report, diagnostics } = collect();
    parseSources([{ name: 'repo/web.yaml', text, isFromOutside: true }], report);
    const said = JSON.stringify(diagnostics.map(({ message, help, at }) => ({ message, help, at })));
    for (const word of text.match(/[\w$*]{4,}/g) ?? []) expect(said).not.toContain(word);
  });

  test('a manifest is read, and its findings have no excerpt', () => {
    const { report, diagnostics } = collect();
    const text = `${MAP}data:\n  a: "1"\n  a: "2"\n`;
    const { objects } = parseSources([{ name: 'web.yaml', text, isFromOutside: true }], report);
    expect(objects).toHaveLength(1);
    expect(diagnostics.map(({ rule, at }) => [rule.name, at !== undefined && 'excerpt' in at])).toEqual([
      ['duplicate-key', false],
    ]);
  });
});

describe('files of other tools are known by their names:', () => {
  test.each([
    {
      name: 'charts/web/Chart.yaml',
      text: 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      said: ['helm-chart', 'helm template charts/web | ingress2nginx render -'],
    },
    {
      name: '$(touch x)/Chart.yaml',
      text: 'name: web\n',
      said: ['helm-chart', "helm template '$(touch x)' | ingress2nginx render -"],
    },
    {
      name: '-x/kustomization.yaml',
      text: 'resources: [web.yaml]\n',
      said: ['unapplied-kustomization', 'kustomize build ./-x | ingress2nginx render -'],
    },
    {
      name: 'kustomization.yaml',
      text: 'resources: [web.yaml]\n',
      said: ['unapplied-kustomization', 'kustomize build . | ingress2nginx render -'],
    },
    {
      name: 'prod/kustomization.yml',
      text: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      said: ['unapplied-kustomization', 'kustomize build prod | ingress2nginx render -'],
    },
  ])('$name', ({ name, text, said }) => {
    const { report, diagnostics } = collect();
    parseSources([{ name, text }], report);
    expect(diagnostics.map(({ rule, help }) => [rule.name, help])).toEqual([said]);
  });
});

describe('the template that Helm names', () => {
  const first =
    '---\n# Source: shop/templates/a.yaml\napiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: {}\n';
  test.each([
    {
      name: 'stands at a document that is broken',
      text: 'apiVersion: v1\nmetadata: { name: [\n',
      template: 'shop/templates/b.yaml',
    },
    { name: 'stands at what is no object', text: '- a\n', template: 'shop/templates/b.yaml' },
    {
      name: 'stands at a key that is there twice',
      text: 'apiVersion: v1\nkind: Service\nkind: Service\nmetadata: { name: b }\n',
      template: 'shop/templates/b.yaml',
    },
  ])('$name', ({ text, template }) => {
    const { diagnostics, report } = collect();
    parseSources([{ name: '<stdin>', text: `${first}---\n# Source: shop/templates/b.yaml\n${text}` }], report);
    expect(diagnostics.map(({ at }) => at)).toEqual([expect.objectContaining({ file: '<stdin>', template })]);
  });

  test('is none before the first document of Helm', () => {
    const { diagnostics, report } = collect();
    parseSources([{ name: '<stdin>', text: `- a\n${first}` }], report);
    expect(diagnostics.map(({ at }) => at)).toEqual([expect.not.objectContaining({ template: expect.anything() })]);
  });
});
