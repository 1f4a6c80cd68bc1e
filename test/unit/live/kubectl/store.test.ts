import { expect, test } from 'vitest';

import type { KubeObject } from '../../../../src/live/kubectl/object.ts';
import { createStore } from '../../../../src/live/kubectl/store.ts';

const TYPE = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
const FORM = { ...TYPE, plural: 'ingresses' };

function ingress(version: number, parts: { readonly host?: string; readonly address?: string } = {}): KubeObject {
  const { host = 'shop.example.com', address } = parts;
  const metadata = { name: 'web', namespace: 'shop' };
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const rules = [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  const status = address === undefined ? {} : { loadBalancer: { ingress: [{ ip: address }] } };
  return { key: 'shop/web', resourceVersion: String(version), value: { ...TYPE, metadata, spec: { rules }, status } };
}

test.each([
  { name: 'another status is no change', next: ingress(2, { address: '192.0.2.1' }), says: [], isKept: true },
  { name: 'the same object in a new version is no change', next: ingress(2), says: [], isKept: true },
  {
    name: 'another host is one',
    next: ingress(2, { host: 'www.example.com' }),
    says: ['Ingress shop/web modified'],
    isKept: false,
  },
])('$name: a compilation finds the same resource, or another', ({ next, says, isKept }) => {
  const store = createStore();
  expect(store.replace([ingress(1)], FORM)).toEqual(['Ingress shop/web added']);
  const [before] = store.units();
  expect(store.apply({ type: 'MODIFIED', objects: [next] }, FORM)).toEqual(says);
  const [after] = store.units();
  expect(after?.resources[0] === before?.resources[0]).toBe(isKept);
  // What is shown of it is what it is now.
  expect(after?.documents[0]).not.toBe(before?.documents[0]);
});
