import { describe, expect, test } from 'vitest';

import { isMeantAsIngress, judgeKind } from '../../../src/manifests/kinds.ts';

describe('what a kind is to us', () => {
  test.each([
    ['networking.k8s.io/v1', 'Ingress', 'ours'],
    ['networking.k8s.io/v1', 'Ingres', 'Ingress'],
    ['networking.k8s.io/v1', 'Ignress', 'Ingress'],
    ['networking.k8s.io/v1', 'INGRESS', 'Ingress'],
    ['networking.k8s.io/v1', 'ing', 'Ingress'],
    ['networking.k8s.io/v1', 'IngressClas', 'IngressClass'],
    ['networking.k8s.io/v1', 'NetworkPolice', 'NetworkPolicy'],
    ['networking/v1', 'Ingres', 'Ingress'],
    ['v1', 'Servce', 'Service'],
    ['v1', 'svc', 'Service'],
    ['v1', 'Lst', 'List'],
    ['v1', 'list', 'List'],
    ['v1', 'Lists', 'List'],
    ['v1', 'Status', 'other'],
    ['v1', 'Secrets', 'Secret'],
    ['v1', 'Configmap', 'ConfigMap'],
    ['v1', 'Endpoint', 'Endpoints'],
    ['apps/v1', 'Deploymnet', 'Deployment'],
    ['discovery.k8s.io/v1', 'EndpointSlices', 'EndpointSlice'],
    ['networking.k8s.io/v2', 'Ingress', 'unknown-version'],
    ['networking.k8s.o/v1', 'Ingress', 'unknown-version'],
    ['v1', 'Ingress', 'unknown-version'],
    ['v1', 'Pod', 'other'],
    ['v1', 'Config', 'other'],
    ['v1', 'Route', 'other'],
    ['v1', 'Deployment', 'other'],
    ['v1', 'ServiceMonitor', 'other'],
    ['apps/v1beta1', 'Scale', 'other'],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'other'],
    ['serving.knative.dev/v1', 'Service', 'other'],
    ['networking.internal.knative.dev/v1alpha1', 'Ingress', 'other'],
    ['config.openshift.io/v1', 'Ingress', 'other'],
    ['gateway.networking.k8s.io/v1', 'GRPCRoute', 'other'],
    ['example.com/v1', 'Ingres', 'other'],
  ])('%s %s: %s', (apiVersion, kind, expected) => {
    const verdict = judgeKind(apiVersion, kind);
    expect(verdict.is === 'misspelt' ? verdict.meant : verdict.is).toBe(expected);
  });

  test.each([
    ['Ingress', true],
    ['Ingres', true],
    ['ing', true],
    ['IngressClass', false],
    ['HTTPRoute', false],
    ['Role', false],
  ])('%s was meant to be an Ingress: %s', (kind, expected) => {
    expect(isMeantAsIngress(kind)).toBe(expected);
  });
});
