import { describe, expect, test } from 'vitest';

import type { SourceText } from '../../../src/input/source.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { surveyRepository } from '../../../src/manifests/survey.ts';

const KIND = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\n';

function filesOf(texts: Readonly<Record<string, string>>): readonly SourceText[] {
  return Object.entries(texts).map(([name, text]) => ({ name, text, isFromRepository: true }));
}

const survey = (texts: Readonly<Record<string, string>>) => surveyRepository(filesOf(texts));

describe('a file is no object of its own where a kustomization names it', () => {
  test.each([
    { name: 'as a patch', text: 'patches: [{ path: host.yaml }]' },
    { name: 'as a strategic merge patch', text: 'patchesStrategicMerge: [host.yaml]' },
    { name: 'as a JSON patch', text: 'patchesJson6902: [{ path: host.yaml, target: { kind: Ingress } }]' },
    { name: 'as data of a ConfigMap', text: 'configMapGenerator: [{ name: a, files: [key=host.yaml] }]' },
    { name: 'as data of a Secret', text: 'secretGenerator: [{ name: a, envs: [host.yaml] }]' },
    { name: 'as values of a chart', text: 'helmCharts: [{ name: a, valuesFile: host.yaml }]' },
    { name: 'as further values of a chart', text: 'helmCharts: [{ name: a, additionalValuesFiles: [host.yaml] }]' },
    { name: 'as a replacement', text: 'replacements: [{ path: host.yaml }]' },
    { name: 'as a transformer', text: 'transformers: [host.yaml]' },
    { name: 'as a schema', text: 'openapi: { path: host.yaml }' },
    { name: 'by a way around', text: 'patches: [{ path: ../app/./host.yaml }]' },
  ])('$name', ({ text }) => {
    const { sources, passedOver } = survey({ 'app/kustomization.yaml': text, 'app/host.yaml': KIND });
    expect(sources).toEqual([]);
    expect(passedOver.map(({ file }) => file)).toEqual(['app/kustomization.yaml', 'app/host.yaml']);
  });

  test('below a folder that it names', () => {
    const { sources } = survey({ 'app/kustomization.yml': 'transformers: [more]', 'app/more/a/b.yaml': KIND });
    expect(sources).toEqual([]);
  });

  test('or that is called a patch, be it taken as a resource', () => {
    const texts = { 'kustomization.yaml': 'resources: [service-patch.yaml]', 'service-patch.yaml': KIND };
    expect(survey(texts).sources).toEqual([]);
  });
});

describe('a file is an object', () => {
  test.each([
    { name: 'as a resource', text: 'resources: [host.yaml]' },
    {
      name: 'as a resource of one and a patch of another kustomization',
      text: 'resources: [host.yaml]\npatches: [{ path: host.yaml }]',
    },
    { name: 'if nothing names it', text: 'resources: [other.yaml]' },
    {
      name: 'beside a patch that stands in the kustomization itself',
      text: 'patchesStrategicMerge: ["kind: Ingress\\nmetadata: {name: host.yaml}"]',
    },
    { name: 'beside a kustomization that is no YAML', text: 'a: [' },
    {
      name: 'beside an object of Flux with the name of one',
      text: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: { patches: [{ path: host.yaml }] }',
    },
  ])('$name', ({ text }) => {
    const names = survey({ 'app/kustomization.yaml': text, 'app/host.yaml': KIND }).sources.map(({ name }) => name);
    expect(names).toContain('app/host.yaml');
  });

  test('that was named on the command line, whatever a kustomization says of it', () => {
    const files = filesOf({ 'kustomization.yaml': 'patches: [{ path: host.yaml }]' });
    const named = { name: 'host.yaml', text: KIND };
    expect(surveyRepository([...files, named]).sources).toEqual([named]);
  });
});

describe('a note says that a kustomization is not applied', () => {
  const base = { 'base/kustomization.yaml': 'resources: [ingress.yaml]', 'base/ingress.yaml': KIND };
  test.each([
    {
      name: 'where it patches an Ingress',
      texts: { ...base, 'dev/kustomization.yaml': 'resources: [../base]\npatches: [{ path: a.yaml }]' },
      noted: ['dev/kustomization.yaml'],
    },
    {
      name: 'once, where it takes one that does',
      texts: {
        ...base,
        'base/kustomization.yaml': 'resources: [ingress.yaml]\nnamePrefix: a-',
        'dev/kustomization.yaml': 'resources: [../base]',
      },
      noted: ['dev/kustomization.yaml'],
    },
    {
      name: 'where it takes objects from another repository',
      texts: { 'kustomization.yaml': 'resources: ["https://github.com/a/b?ref=main"]' },
      noted: ['kustomization.yaml'],
    },
    {
      name: 'where it renders a chart',
      texts: { 'kustomization.yaml': 'helmCharts: [{ name: a }]' },
      noted: ['kustomization.yaml'],
    },
    {
      name: 'where what it patches is not in the input',
      texts: {
        'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: host.yaml }]',
        'prod/host.yaml': KIND,
      },
      noted: ['prod/kustomization.yaml'],
    },
    {
      name: 'not where what it patches is in the input, and has no Ingress',
      texts: {
        'base/files/a.yaml': 'kind: Deployment\n',
        'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: a.yaml }]',
      },
      noted: [],
    },
    {
      name: 'not where it only lists files and gives them a namespace',
      texts: { ...base, 'dev/kustomization.yaml': 'namespace: dev\nresources: [../base]' },
      noted: [],
    },
    {
      name: 'not where there is no Ingress',
      texts: { 'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: a-', 'a.yaml': 'kind: Deployment\n' },
      noted: [],
    },
    {
      name: 'not without end where two take each other',
      texts: { 'a/kustomization.yaml': 'resources: [../b]', 'b/kustomization.yaml': 'resources: [../a]' },
      noted: [],
    },
  ])('$name', ({ texts, noted }) => {
    const { findings } = survey(texts);
    expect(findings.map(({ at, rule, severity }) => [at, rule.name, severity])).toEqual(
      noted.map(file => [{ file, line: 1, column: 1 }, 'unapplied-kustomization', 'info']),
    );
  });

  test('with the command that applies it', () => {
    const [plain] = survey({ 'a/kustomization.yaml': 'resources: ["https://example.com/x"]' }).findings;
    expect(plain?.help).toMatch(/: kustomize build a \| ingress2nginx lint -$/);
    const [chart] = survey({ 'kustomization.yaml': 'helmCharts: [{ name: a }]' }).findings;
    expect(chart?.help).toMatch(/: kustomize build --enable-helm \. \| ingress2nginx lint -$/);
    const [odd] = survey({ '-a;b/kustomization.yaml': 'resources: ["https://example.com/x"]' }).findings;
    expect(odd?.help).toMatch(/: kustomize build '\.\/-a;b' \| ingress2nginx lint -$/);
  });
});

describe('the objects of a file lie in the namespace', () => {
  const app = { 'app/kustomization.yaml': 'namespace: own\nresources: [ingress.yaml]', 'app/ingress.yaml': KIND };
  test.each([
    { name: 'of its kustomization', texts: app, namespace: 'own' },
    {
      name: 'of the one that takes that',
      texts: { ...app, 'kustomization.yaml': 'namespace: all\nresources: [app]' },
      namespace: 'all',
    },
    {
      name: 'of its kustomization, where the one that takes that has none',
      texts: { ...app, 'kustomization.yaml': 'resources: [app]' },
      namespace: 'own',
    },
    {
      name: 'that they name, where two give them different ones',
      texts: {
        ...app,
        'a/kustomization.yaml': 'namespace: a\nresources: [../app]',
        'b/kustomization.yaml': 'namespace: b\nresources: [../app]',
      },
      namespace: undefined,
    },
    {
      name: 'that they name, where no kustomization takes it',
      texts: { ...app, 'app/kustomization.yaml': 'namespace: own' },
      namespace: undefined,
    },
    {
      name: 'of nobody, where two take each other',
      texts: { ...app, 'app/kustomization.yaml': 'namespace: own\nresources: [ingress.yaml, .]' },
      namespace: undefined,
    },
  ])('$name', ({ texts, namespace }) => {
    const source = survey(texts).sources.find(({ name }) => name === 'app/ingress.yaml');
    expect(source?.namespace).toBe(namespace);
  });

  test('which each of them gets, also where it has another one', () => {
    const text = `${KIND}metadata: { name: web, namespace: other }\nspec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`;
    const { resources, documents } = readUnit({ name: 'a.yaml', text, isFromRepository: true, namespace: 'own' });
    expect([resources[0]?.namespace, documents[0]?.namespace]).toEqual(['own', 'own']);
  });
});

test('Secrets that a kustomization makes are known, in its namespace or in any', () => {
  const { secrets } = survey({
    'a/kustomization.yaml': 'namespace: shop\nsecretGenerator: [{ name: login }]',
    'b/kustomization.yaml': 'secretGenerator: [{ name: users }, { name: more, namespace: own }]',
  });
  expect(secrets).toEqual([
    { name: 'login', namespace: 'shop', file: 'a/kustomization.yaml' },
    { name: 'users', namespace: '', file: 'b/kustomization.yaml' },
    { name: 'more', namespace: 'own', file: 'b/kustomization.yaml' },
  ]);
});
