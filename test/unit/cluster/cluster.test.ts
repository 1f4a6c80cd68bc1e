import { describe, expect, test } from 'vitest';

import { indexCluster } from '../../../src/cluster/cluster.ts';
import type { Resource } from '../../../src/resources/model.ts';
import {
  classOf,
  configMapOf,
  endpointsOf,
  ingressOf,
  linesOf,
  reported,
  secretOf,
  serviceOf,
  sliceOf,
} from '../../support/resources.ts';

const index = (resources: readonly Resource[]) => reported(report => indexCluster(resources, report));

describe('the order of Ingresses', () => {
  test.each([
    {
      name: 'is by age, the oldest first',
      ingresses: [
        ingressOf({ name: 'young', createdAt: '2024-01-01T00:00:00Z' }),
        ingressOf({ name: 'old', createdAt: '2020-01-01T00:00:00Z' }),
      ],
      order: ['shop/old', 'shop/young'],
    },
    {
      name: 'is by name, descending, among those of one age',
      ingresses: [
        ingressOf({ name: 'a', createdAt: '2024-01-01T00:00:00Z' }),
        ingressOf({ name: 'c', createdAt: '2024-01-01T00:00:00Z' }),
        ingressOf({ name: 'b', createdAt: '2024-01-01T00:00:00Z' }),
      ],
      order: ['shop/c', 'shop/b', 'shop/a'],
    },
    {
      name: 'is by namespace before name',
      ingresses: [ingressOf({ namespace: 'a', name: 'z' }), ingressOf({ namespace: 'b', name: 'a' })],
      order: ['b/a', 'a/z'],
    },
    {
      name: 'takes one without a timestamp for the oldest',
      ingresses: [ingressOf({ name: 'dated', createdAt: '1999-01-01T00:00:00Z' }), ingressOf({ name: 'a' })],
      order: ['shop/a', 'shop/dated'],
    },
  ])('$name', ({ ingresses, order }) => {
    for (const given of [ingresses, ingresses.toReversed()]) {
      const { ingresses: found } = index(given).result;
      expect(found.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(order);
    }
  });
});

describe('two objects of one name', () => {
  const blue = configMapOf('colours', { wall: 'blue' });
  const red = { ...configMapOf('colours', { wall: 'red' }), document: 'b' };
  const alsoBlue = { ...blue, document: 'c' };

  test.each([
    { name: 'are a warning when they are equal', given: [blue, alsoBlue], rules: ['repeated-object'] },
    { name: 'are an error when they differ', given: [blue, red], rules: ['duplicate-object'] },
    { name: 'count once each', given: [blue, red, alsoBlue], rules: ['duplicate-object', 'repeated-object'] },
  ])('$name', ({ given, rules }) => {
    const { found } = index(given);
    expect(found.map(({ rule }) => rule.name).toSorted()).toEqual(rules);
  });

  test('are settled in the same way in any order', () => {
    const orders = [
      [blue, red, alsoBlue],
      [alsoBlue, red, blue],
      [red, alsoBlue, blue],
      [red, blue, alsoBlue],
    ];
    const kept = orders.map(order => index(order).result.configMaps.get('shop/colours'));
    expect(new Set(kept).size).toBe(1);
  });

  test('are both refused if they are Ingresses, and stand in the same order whatever that of the files is', () => {
    const old = ingressOf({ hosts: { 'a.io': [['/x', 'web:80']] } });
    const other = { ...ingressOf({ hosts: { 'a.io': [['/y', 'web:80']] } }), document: 'b' };
    const orders = [
      [old, other, { ...old, document: 'c' }],
      [{ ...old, document: 'c' }, other, old],
    ].map(order => index(order).result.ingresses.map(({ document, isRefused }) => ({ document, isRefused })));
    expect(orders[0]).toEqual([
      { document: 'c', isRefused: true },
      { document: 'b', isRefused: true },
    ]);
    expect(orders[1]).toEqual(orders[0]);
  });

  test('name both places', () => {
    const { found } = index([blue, red]);
    expect(linesOf(found)).toEqual([
      'duplicate-object: ConfigMap shop/colours is in the input twice, with different content',
    ]);
    const places = [found[0]?.at, found[0]?.related?.[0]?.at];
    expect(places).toEqual([
      { document: 'b', path: ['metadata', 'name'] },
      { document: blue.document, path: ['metadata', 'name'] },
    ]);
  });

  test.each([
    { name: 'the API version', one: ingressOf(), other: { ...ingressOf(), apiVersion: 'extensions/v1beta1' } },
    { name: 'the order of keys', one: secretOf('s', { a: '1', b: '2' }), other: secretOf('s', { b: '2', a: '1' }) },
    {
      name: 'the place where they were read',
      one: ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }),
      other: {
        ...ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }),
        document: 'x',
        rules: ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }).rules.map(rule => ({
          ...rule,
          at: { document: 'x', path: ['elsewhere'] },
        })),
      },
    },
  ])('are equal when they differ in $name only', ({ one, other }) => {
    expect(index([one, other]).found.map(({ rule }) => rule.name)).toEqual(['repeated-object']);
  });

  // Keys of data that have the names of our own fields are content all the same.
  test.each(['at', 'document', 'apiVersion'])('differ when they differ in the key "%s" of their data', key => {
    const { found } = index([configMapOf('c', { [key]: 'one' }), configMapOf('c', { [key]: 'two' })]);
    expect(found.map(({ rule }) => rule.name)).toEqual(['duplicate-object']);
  });

  test.each([
    { name: 'of other namespaces', given: [serviceOf('a/web'), serviceOf('b/web')] },
    { name: 'of other kinds', given: [serviceOf('web'), configMapOf('web', {}), secretOf('web', {})] },
    { name: 'that are Endpoints and a slice', given: [endpointsOf('web', [], []), sliceOf('web', [], [], '')] },
  ])('are fine if they are $name', ({ given }) => {
    expect(index(given).found).toEqual([]);
  });
});

describe('look-ups', () => {
  const slice = sliceOf('shop/web', ['8080'], ['10.0.0.1']);
  const endpoints = endpointsOf('shop/web', ['8080'], ['10.0.0.2']);
  const stray = { ...sliceOf('shop/stray', ['8080'], ['10.0.0.3']), service: undefined };
  const { result } = index([slice, endpoints, stray, classOf('nginx'), serviceOf('web'), secretOf('tls', {})]);

  test('find all endpoints of a Service', () => {
    expect(result.endpoints.get('shop/web')).toEqual([slice, endpoints]);
  });

  test('find classes by name, the rest by namespace and name', () => {
    expect([...result.classes.keys()]).toEqual(['nginx']);
    expect([...result.services.keys()]).toEqual(['shop/web']);
    expect(result.secrets.get('shop/tls')).toMatchObject({ name: 'tls' });
    expect(result.secrets.get('tls')).toBe(undefined);
  });

  test.each([
    { name: 'a slice of a Service', given: [slice], hasEndpoints: true },
    { name: 'a slice that belongs to no Service', given: [stray], hasEndpoints: true },
    { name: 'Services alone', given: [serviceOf('web')], hasEndpoints: false },
  ])('know whether the input has endpoints: $name', ({ given, hasEndpoints }) => {
    expect(index(given).result.hasEndpoints).toBe(hasEndpoints);
  });

  const byHand = endpointsOf('shop/nas', ['8080'], ['192.0.2.10']);
  const nas = serviceOf('nas', ['80'], { hasSelector: false });
  test.each([
    { name: 'endpoints that a cluster wrote', given: [slice], isDump: true },
    { name: 'such endpoints of no Service', given: [stray], isDump: true },
    { name: 'endpoints of a Service with a selector', given: [serviceOf('nas'), byHand], isDump: true },
    {
      name: 'such a Service whose endpoints are empty',
      given: [serviceOf('web'), endpointsOf('web', [], [])],
      isDump: true,
    },
    { name: 'no endpoints of a Service without selector', given: [nas, byHand, serviceOf('web')], isDump: false },
    { name: 'no endpoints without their Service', given: [byHand, serviceOf('web')], isDump: false },
    { name: 'no Services alone', given: [serviceOf('web')], isDump: false },
    { name: 'nothing at all', given: [], isDump: false },
  ])('take for a dump of a cluster $name', ({ given, isDump }) => {
    expect(index(given).result.isDump).toBe(isDump);
  });
});
