import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';

function found(apiVersion: string, kind: string, metadata = '') {
  const spec = kind === 'Ingress' ? 'spec: {backend: {serviceName: web, servicePort: 80}}' : 'spec: {controller: a/b}';
  const rest = kind === 'EndpointSlice' ? 'addressType: IPv4\nendpoints: []' : spec;
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web${metadata}}\n${rest}\n`;
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text }]);
  return diagnostics.filter(({ rule }) => rule.name === 'removed-api-version');
}

test.each([
  { apiVersion: 'extensions/v1beta1', kind: 'Ingress', since: '1.22' },
  { apiVersion: 'networking.k8s.io/v1beta1', kind: 'Ingress', since: '1.22' },
  { apiVersion: 'networking.k8s.io/v1beta1', kind: 'IngressClass', since: '1.22' },
  { apiVersion: 'discovery.k8s.io/v1beta1', kind: 'EndpointSlice', since: '1.25' },
])('$apiVersion of $kind is gone', ({ apiVersion, kind, since }) => {
  const message = `Kubernetes ${since} and later do not serve ${apiVersion} of ${kind}`;
  expect(found(apiVersion, kind)).toMatchObject([{ message, severity: 'warning', at: { path: ['apiVersion'] } }]);
});

test.each([', uid: 6a1c', ', resourceVersion: "7"'])(
  'that is information where a cluster gave it out (%s)',
  metadata => {
    expect(found('extensions/v1beta1', 'Ingress', metadata).map(({ severity }) => severity)).toEqual(['info']);
  },
);

test.each([
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' },
  { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
])('$apiVersion of $kind is served', ({ apiVersion, kind }) => {
  expect(found(apiVersion, kind)).toEqual([]);
});
