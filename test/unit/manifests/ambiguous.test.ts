import { describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import { validateObjects } from '../../../src/resources/validate.ts';
import type { Ingress, Secret } from '../../../src/resources/model.ts';

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: one
spec:
  ingressClassName: nginx
  rules:
  - host: one.example.com
    http:
      paths:
      - path: /one
        pathType: Prefix
        backend: &backend
          service: {name: web, port: {number: 80}}
`;
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n';
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec: {}\n';
const second = INGRESS.replaceAll('one', 'two');

function read(text: string) {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text }], report);
  const resources = validateObjects(objects, report);
  const ingresses = resources.filter((each): each is Ingress => each.kind === 'Ingress');
  const closed = ingresses
    .filter(({ isRefused }) => isRefused)
    .flatMap(({ rules }) => rules.flatMap(({ host, paths = [] }) => paths.map(({ path }) => host + path)));
  return {
    found: diagnostics.map(({ rule, severity }) => `${rule.name} ${severity}`),
    closed: [...new Set(closed)].toSorted(),
    served: ingresses.filter(({ isRefused }) => !isRefused).map(({ name }) => name),
    resources,
  };
}

const BOTH = ['one.example.com/one', 'two.example.com/two'];

describe('objects between which "---" is missing or broken', () => {
  test.each([
    ['two Ingresses without "---"', INGRESS + second, 'missing-separator', BOTH],
    ['three objects without "---"', INGRESS + SERVICE + second, 'missing-separator', BOTH],
    ['an Ingress before another kind', INGRESS + DEPLOYMENT, 'missing-separator', BOTH.slice(0, 1)],
    ['an Ingress behind another kind', SERVICE + INGRESS, 'missing-separator', BOTH.slice(0, 1)],
    ['the line end behind "---"', `${SERVICE}---${INGRESS}`, 'broken-separator', BOTH.slice(0, 1)],
    ['a blank instead of the line end', `${SERVICE}--- ${INGRESS}`, 'broken-yaml', BOTH.slice(0, 1)],
    ['four dashes', `${SERVICE}----\n${INGRESS}`, 'broken-separator', BOTH.slice(0, 1)],
    ['a word behind the dashes', `${SERVICE}---next\n${INGRESS}`, 'broken-separator', BOTH.slice(0, 1)],
    ['two dashes', `${INGRESS}--\n${second}`, 'broken-yaml', BOTH],
    ['a long dash', `${INGRESS}———\n${second}`, 'broken-yaml', BOTH],
    ['equal signs', `${INGRESS}=====\n${second}`, 'broken-yaml', BOTH],
    ['"---" with a blank before it', `${INGRESS} ---\n${second}`, 'broken-yaml', BOTH],
  ])('close what each of them asked for: %s', (_, text, rule, closed) => {
    const result = read(text);
    expect(result.found).toEqual([`${rule} error`]);
    expect({ closed: result.closed, served: result.served }).toEqual({ closed, served: [] });
  });

  test('and leave alone what stands behind the next one', () => {
    const { closed, served } = read(`${SERVICE}${INGRESS}---\n${second}`);
    expect({ closed, served }).toEqual({ closed: ['one.example.com/one'], served: ['two'] });
  });
});

const edited = (find: string, replacement: string): string => INGRESS.replace(find, replacement);
const list = (text: string): string =>
  `apiVersion: v1\nkind: List\nitems:\n- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;

describe('a key that is there twice', () => {
  test.each([
    ['annotations', edited('metadata:\n', 'metadata:\n  annotations: {a: b}\n  annotations: {c: d}\n'), []],
    ['an annotation', edited('metadata:\n', 'metadata:\n  annotations: {a: b, a: c}\n'), []],
    ['metadata', edited('metadata:\n', 'metadata: {annotations: {a: b}}\nmetadata:\n'), []],
    ['rules', edited('  rules:\n', '  rules: [{host: x.test, http: {paths: [{path: /}]}}]\n  rules:\n'), ['x.test/']],
    ['rules, the last empty', `${INGRESS}  rules:\n`, []],
    ['spec', edited('spec:\n', 'spec: {rules: [{host: x.test, http: {paths: [{path: /}]}}]}\nspec:\n'), ['x.test/']],
    ['http', edited('    http:\n', '    http: {paths: [{path: /x}]}\n    http:\n'), ['one.example.com/x']],
    ['paths', edited('      paths:\n', '      paths: [{path: /x}]\n      paths:\n'), ['one.example.com/x']],
    ['path', edited('path: /one\n', 'path: /x\n        path: /one\n'), ['one.example.com/x']],
    ['host', edited('host: one.example.com\n', 'host: x.test\n    host: one.example.com\n'), ['x.test/one']],
    ['tls', `${INGRESS}  tls: [{hosts: [a.test]}]\n  tls: [{hosts: [b.test]}]\n`, []],
    ['backend', `${INGRESS}        backend: {service: {name: x, port: {number: 1}}}\n`, []],
    ['a key of a list item', list(`${INGRESS}  rules: []\n`), []],
  ])('closes an Ingress with all that it asked for: %s', (_, text, more) => {
    const result = read(text);
    expect(result.found).toContain('duplicate-key error');
    expect(result.served).toEqual([]);
    expect(result.closed).toEqual(expect.arrayContaining(['one.example.com/one', ...more]));
  });

  test.each([
    ['with the same value', edited('metadata:\n', 'metadata:\n  name: one\n'), ['one']],
    ['in a Service', `${SERVICE}  type: NodePort\n  type: ClusterIP\n`, []],
  ])('remains a warning %s', (_, text, served) => {
    const result = read(text);
    expect(result.found).toContain('duplicate-key warning');
    expect(result.served).toEqual(served);
  });

  test('closes an Ingress of which another kind is left', () => {
    const result = read(list(INGRESS + SERVICE));
    expect(result).toMatchObject({ closed: ['one.example.com/one'], served: [] });
    expect(result.found).toContain('duplicate-key error');
  });

  test.each([
    ['refuses a Secret', '', true],
    ['and leaves a certificate', 'type: kubernetes.io/tls\n', undefined],
  ])('%s', (_, type, isRefused) => {
    const text = `apiVersion: v1\nkind: Secret\nmetadata: {name: users}\n${type}stringData: {tls.crt: a, tls.key: a, auth: a, auth: b}\n`;
    const secrets = read(text).resources.filter((each): each is Secret => each.kind === 'Secret');
    expect(secrets.map(each => each.isRefused)).toEqual([isRefused]);
  });
});
