import { describe, expect, test } from 'vitest';

import { readUnit } from '../../../src/resources/unit.ts';
import { templateIn } from '../../../src/manifests/templates.ts';
import { growthOfWork, MOST_GROWTH } from '../../support/growth.ts';

const read = (text: string, name = 'dir/file.yaml') => readUnit({ name, text, isFromRepository: true });
const rulesOf = (text: string, name?: string) =>
  read(text, name).diagnostics.map(({ rule, severity }) => `${severity} ${rule.name}`);

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;

describe('in a repository nothing is said of', () => {
  test.each([
    { name: 'a list', text: '- a\n- apiVersion: x\n' },
    { name: 'a text', text: 'apiVersion\n' },
    { name: 'a mapping with a version and no kind, such as a chart', text: 'apiVersion: v2\nname: shop\n' },
    { name: 'a kind without a version that is none of ours', text: 'kind: pipeline\nmetadata: { name: a }\n' },
    { name: 'one of our kinds without a version in what is no object', text: 'kind: Service\nname: shop\n' },
    {
      name: 'values of a chart with rules and hosts',
      text: 'apiVersion: x\ningress: { rules: [{ host: a, http: { paths: [] } }] }\n',
    },
    {
      name: 'a misspelt kind that is none of ours',
      text: 'apiVersion: apps/v1\nkind: Deployement\nmetadata: { name: a }\n',
    },
    { name: 'broken YAML without one of our kinds', text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: [\n' },
    { name: 'broken JSON without one of our kinds', text: '{ "apiVersion": "v1", }', file: 'a.json' },
    {
      name: 'a broken document that only refers to one of our kinds',
      text: 'kind: HelmRelease\nspec:\n  valuesFrom:\n  - kind: ConfigMap\n name: a\napiVersion: a/v1\n',
    },
    { name: 'a message of kubectl', text: 'error: no apiVersion here\n' },
    { name: 'a list whose items are none', text: 'apiVersion: v1\nkind: List\nitems: none\n' },
    {
      name: 'more such documents than are counted',
      text: Array.from({ length: 30 }, () => '- apiVersion\n').join('---\n'),
    },
    {
      name: 'a template that is none of ours',
      text: 'apiVersion: apps/v1\nkind: Deployment\n{{- if .Values.a }}\nx: y\n{{- end }}\n',
    },
  ])('$name', ({ text, file }) => {
    const { diagnostics, documents, passedOver = [], skipped } = read(text, file);
    expect({ diagnostics, documents }).toEqual({ diagnostics: [], documents: [] });
    expect(passedOver.length + skipped).toBeGreaterThan(0);
  });
});

describe('in a repository something is said of', () => {
  test.each([
    {
      name: 'an Ingress without a version',
      text: INGRESS.slice(INGRESS.indexOf('kind')),
      rule: 'error missing-api-version',
    },
    {
      name: 'an Ingress without kind and version',
      text: INGRESS.slice(INGRESS.indexOf('metadata')) + '# apiVersion',
      rule: 'error missing-kind',
    },
    { name: 'a misspelt kind of ours', text: INGRESS.replace('Ingress', 'Ingres'), rule: 'error misspelt-kind' },
    { name: 'an Ingress that is broken YAML', text: `${INGRESS}a: b: c\n`, rule: 'error broken-yaml' },
    { name: 'two objects without a separator', text: `${INGRESS}${INGRESS}`, rule: 'error missing-separator' },
    {
      name: 'a value that no API server takes',
      text: INGRESS.replace('a.example.com', 'a_b'),
      rule: 'error invalid-host',
    },
    {
      name: 'an Ingress in a template',
      text: `${INGRESS}{{- if .Values.a }}\nx: y\n{{- end }}\n`,
      rule: 'info unrendered-template',
    },
    {
      name: 'a template of ytt, which is YAML',
      text: `#@ load("@ytt:data", "data")\n${INGRESS.replace('a.example.com', '#@ data.values.host\n')}`,
      rule: 'info unrendered-template',
    },
    { name: 'a placeholder', text: INGRESS.replace('a.example.com', '"${HOST}"'), rule: 'info unfilled-placeholder' },
    {
      name: 'a word that a script replaces',
      text: INGRESS.replace('a.example.com', 'a.BASE_DOMAIN'),
      rule: 'info unfilled-placeholder',
    },
    {
      name: 'a word in brackets',
      text: INGRESS.replace('{ name: web }', '{ name: "[NAME]" }'),
      rule: 'info unfilled-placeholder',
    },
    {
      name: 'a value of a Secret that is to be filled in',
      text: 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: <the password> }\n',
      rule: 'info unfilled-placeholder',
    },
    {
      name: 'a value in a file that is called a template',
      text: INGRESS.replace('a.example.com', 'my_host'),
      file: 'ingress.template.yaml',
      rule: 'info unfilled-placeholder',
    },
  ])('$name', ({ text, file, rule }) => {
    expect(rulesOf(text, file)).toEqual([rule]);
  });

  test('a host in capitals, which nobody replaces', () => {
    expect(rulesOf(INGRESS.replace('a.example.com', 'A.EXAMPLE.COM'))).toEqual(['error invalid-host']);
  });

  test('a Secret without showing what it holds', () => {
    const { diagnostics } = read('apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: "changeme!" }\n');
    expect(JSON.stringify(diagnostics)).not.toContain('changeme');
  });
});

test('of a template nothing else is said, and an Ingress of it is none', () => {
  const { diagnostics, resources } = read(
    INGRESS.replace('a.example.com', '"${HOST}"').replace('number: 80', 'number: x'),
  );
  expect(diagnostics.map(({ rule }) => rule.name)).toEqual(['unfilled-placeholder']);
  expect(resources).toEqual([]);
});

test('objects beside a template in its file do not count', () => {
  const { documents } = read(`${INGRESS}---\n${INGRESS}{{ template }}\n`);
  expect(documents).toEqual([]);
});

test('a file that was named itself must be a manifest', () => {
  const { diagnostics } = readUnit({ name: 'file.yaml', text: '- a\n' });
  expect(diagnostics.map(({ rule }) => rule.name)).toEqual(['not-an-object']);
});

describe('what shows a template:', () => {
  test.each([
    { text: 'name: {{ .Values.name }}', mark: '{{ .Values.name }}', help: 'helm template' },
    { text: '{{- include "a" . }}', mark: '{{- include "a" . }}', help: 'helm template' },
    { text: 'name: {{ name }}', mark: '{{ name }}', help: 'render it first' },
    { text: '{% for a in b %}', mark: '{% for a in b %}', help: 'render it first' },
    { text: '<%= name %>', mark: '<%= name %>', help: 'render it first' },
    { text: 'host: a.${DOMAIN}', mark: '${DOMAIN}', help: 'envsubst' },
    { text: 'host: @HOST@', mark: '@HOST@', help: 'fill it in first' },
    { text: 'ip: {PREFIX}.1', mark: '{PREFIX}', help: 'fill it in first' },
    { text: 'name: #@ data.name', mark: '#@ data.name', help: 'render it first' },
  ])('$mark', ({ text, mark, help }) => {
    const found = templateIn(text);
    expect(found).toMatchObject({ mark, offset: text.indexOf(mark) });
    expect(found?.help).toContain(help);
  });

  test.each(['{{', '{{ ', '{%', '<%', '${A', '(( grab '])(
    'nothing in many of %s, which takes as long as the text is',
    begin => {
      expect(growthOfWork(size => begin.repeat(size), 10_000, templateIn)).toBeLessThan(MOST_GROWTH);
    },
  );

  test('nothing in a plain manifest', () => {
    expect(templateIn(INGRESS)).toBeUndefined();
  });
});

test.each([
  { name: 'charts/web/Chart.yaml', command: 'helm template web charts/web' },
  { name: 'charts/a b/Chart.yaml', command: "helm template NAME 'charts/a b'" },
  { name: 'Chart.yaml', command: 'helm template NAME .' },
])('of a chart a command is said: $command', ({ name, command }) => {
  const helps = read('apiVersion: v2\nname: web\nversion: 1.0.0\n', name).diagnostics.map(({ help }) => help);
  expect(helps).toEqual([`check what Helm makes of it: ${command} | ingress2nginx lint -`]);
});
