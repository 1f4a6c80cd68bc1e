import { expect, test } from 'vitest';

import { heldLease, leaseNameOf, readLease, releasedLease } from '../../../../src/live/publish/lease.ts';

const SCOPE = { ingressClass: 'nginx', controllerClass: 'k8s.io/ingress-nginx', namespaces: [] };
const LEASE = { namespace: 'default', name: 'ingress2nginx-nginx', identity: 'here_1_ab' };
const NOW = Date.UTC(2026, 10, 24, 5, 0, 0, 7);

test.each([
  { name: 'the class is in it', scope: SCOPE, lease: 'ingress2nginx-nginx' },
  {
    name: 'a class may have dots',
    scope: { ...SCOPE, ingressClass: 'nginx.internal' },
    lease: 'ingress2nginx-nginx.internal',
  },
])('$name', ({ scope, lease }) => {
  expect(leaseNameOf(scope)).toBe(lease);
});

test.each([
  { name: 'another controller', scope: { ...SCOPE, controllerClass: 'example.com/other' } },
  { name: 'one namespace', scope: { ...SCOPE, namespaces: ['shop'] } },
  { name: 'a class that no object can be called after', scope: { ...SCOPE, ingressClass: 'Nginx_' } },
  { name: 'a class without a letter', scope: { ...SCOPE, ingressClass: '_/_' } },
  { name: 'a class with dots only', scope: { ...SCOPE, ingressClass: '..' } },
  { name: 'a long class', scope: { ...SCOPE, ingressClass: 'n'.repeat(253) } },
])('$name gives a name of its own, which an object can have', ({ scope }) => {
  const name = leaseNameOf(scope);
  expect(name).toMatch(/^ingress2nginx-(?:[a-z0-9-]+-)?[0-9a-f]{8}$/);
  expect(name.length).toBeLessThan(100);
  expect(leaseNameOf(scope)).toBe(name);
});

test('a new Lease has times with six decimals and no version', () => {
  expect(heldLease(LEASE, undefined, NOW)).toEqual({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { namespace: 'default', name: 'ingress2nginx-nginx' },
    spec: {
      holderIdentity: 'here_1_ab',
      leaseDurationSeconds: 15,
      acquireTime: '2026-11-24T05:00:00.007000Z',
      renewTime: '2026-11-24T05:00:00.007000Z',
      leaseTransitions: 0,
    },
  });
});

const HELD = {
  metadata: { resourceVersion: '7' },
  spec: {
    holderIdentity: 'here_1_ab',
    leaseDurationSeconds: 15,
    acquireTime: '2026-11-24T04:00:00.000000Z',
    leaseTransitions: 3,
  },
};

test('a renewal keeps since when it is held, and says which version was read', () => {
  expect(heldLease(LEASE, readLease(HELD), NOW)).toMatchObject({
    metadata: { resourceVersion: '7' },
    spec: { acquireTime: '2026-11-24T04:00:00.000000Z', renewTime: '2026-11-24T05:00:00.007000Z', leaseTransitions: 3 },
  });
});

test('taking it over counts', () => {
  expect(heldLease({ ...LEASE, identity: 'there_2_cd' }, readLease(HELD), NOW)).toMatchObject({
    spec: { holderIdentity: 'there_2_cd', acquireTime: '2026-11-24T05:00:00.007000Z', leaseTransitions: 4 },
  });
});

test('a Lease that is given away has no holder', () => {
  const record = readLease(HELD);
  if (record === undefined) throw new Error('it is a Lease');
  expect(releasedLease(LEASE, record, NOW)).toMatchObject({
    metadata: { resourceVersion: '7' },
    spec: { holderIdentity: '', leaseDurationSeconds: 1, leaseTransitions: 3 },
  });
});

test.each([
  { name: 'a Lease without a spec is held by nobody', value: { metadata: { resourceVersion: '7' } }, holder: '' },
  {
    name: 'nonsense in its fields is as nothing',
    value: {
      metadata: { resourceVersion: '7' },
      spec: { holderIdentity: 5, leaseDurationSeconds: -1, leaseTransitions: 'x' },
    },
    holder: '',
  },
])('$name', ({ value, holder }) => {
  expect(readLease(value)).toEqual({
    holder,
    durationMs: 15_000,
    transitions: 0,
    acquiredAt: '',
    resourceVersion: '7',
  });
});

test.each([undefined, null, [], 'x', {}, { metadata: null }])('%j is no Lease', value => {
  expect(readLease(value)).toBeUndefined();
});

test('the order of the namespaces does not matter', () => {
  const [one, other] = [
    ['shop', 'billing'],
    ['billing', 'shop'],
  ].map(namespaces => leaseNameOf({ ...SCOPE, namespaces }));
  expect(one).toBe(other);
});
