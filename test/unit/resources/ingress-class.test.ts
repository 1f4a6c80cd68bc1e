import { expect, test } from 'vitest';
import { examine } from './examine.ts';

function ingressClass(spec: string, metadata = 'name: nginx'): string {
  return `{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {${metadata}}, spec: {${spec}}}`;
}

test.each([
  { name: 'no controller', given: ingressClass(''), found: ['missing-field spec'] },
  { name: 'an empty controller', given: ingressClass('controller: ""'), found: ['missing-field spec.controller'] },
  {
    name: 'a controller without path',
    given: ingressClass('controller: nginx'),
    found: ['invalid-name spec.controller'],
  },
  {
    name: 'a controller with a blank',
    given: ingressClass('controller: k8s.io/a b'),
    found: ['invalid-name spec.controller'],
  },
  {
    name: 'a long controller',
    given: ingressClass(`controller: k8s.io/${'a'.repeat(244)}`),
    found: ['too-large spec.controller'],
  },
  { name: 'two slashes', given: ingressClass('controller: k8s.io/a/b'), found: [] },
  {
    name: 'empty parameters',
    given: ingressClass('controller: k8s.io/a, parameters: {}'),
    found: ['missing-field spec.parameters', 'missing-field spec.parameters'],
  },
  {
    name: 'parameters',
    given: ingressClass('controller: k8s.io/a, parameters: {apiGroup: A_B, kind: C, name: a/b}'),
    found: ['invalid-name spec.parameters.apiGroup', 'invalid-reference spec.parameters.name'],
  },
  {
    name: 'parameters of a namespace',
    given: ingressClass('controller: k8s.io/a, parameters: {kind: C, name: a, scope: Namespace, namespace: b}'),
    found: [],
  },
  {
    name: 'a name in upper case',
    given: ingressClass('controller: k8s.io/a', 'name: Nginx'),
    found: ['invalid-name metadata.name'],
  },
])('$name', ({ given, found }) => {
  expect(examine(given).found).toEqual(found);
});

test('a class has no namespace; the default one is marked by an annotation', () => {
  const marked = 'name: nginx, namespace: shop, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}';
  expect(examine(ingressClass('controller: k8s.io/ingress-nginx', marked)).resources).toEqual([
    {
      document: 'input.yaml#0',
      namespace: '',
      name: 'nginx',
      kind: 'IngressClass',
      controller: 'k8s.io/ingress-nginx',
      isDefault: true,
    },
  ]);
});

test('any other value of the annotation marks nothing', () => {
  const marked = 'name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "maybe"}';
  const [resource] = examine(ingressClass('controller: k8s.io/ingress-nginx', marked)).resources;
  expect(resource).toMatchObject({ isDefault: false });
});
