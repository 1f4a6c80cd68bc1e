import { expect, test } from 'vitest';

import { refOf } from '../../../src/resources/model.ts';
import { cameFrom } from '../../../src/resources/provenance.ts';
import { ingressOf, secretOf } from '../../support/resources.ts';

const WEB = ingressOf();

test('what a resource makes has its kind, namespace and name', () => {
  const secret = secretOf('shop/users', {});
  const from = cameFrom(secret, refOf(secret, 'data'));
  expect(from.resource).toEqual({ kind: 'Secret', namespace: 'shop', name: 'users' });
  expect(from.field).toEqual(refOf(secret, 'data'));
});

test('all parts that one resource makes share its name as one object', () => {
  const [first, second] = ['rules', 'tls'].map(field => cameFrom(WEB, refOf(WEB, 'spec', field)));
  expect(second?.resource).toBe(first?.resource);
});

test('the name holds nothing else of the resource', () => {
  expect(Object.keys(cameFrom(WEB, refOf(WEB)).resource)).toEqual(['kind', 'namespace', 'name']);
});
