import { describe, expect, test } from 'vitest';

import { customErrors } from '../../../src/annotations/custom-errors.ts';
import type { FoundFacts } from '../../../src/annotations/facts.ts';
import { FACTS, runFamily } from '../../support/annotations.ts';
import { serviceOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

const resources = [serviceOf('errors', ['web:8080', '80']), serviceOf('portless', [])];
const OWN = { 'default-backend': 'errors' };
const errors = { kind: 'upstream', name: 'shop-errors' } as const;
const fallback = { kind: 'upstream', name: 'system-pages' } as const;
const NOBODY = { kind: 'status', code: 503, reason: 'nobody is ready' } as const;

function run(annotations: Texts, { options = {}, facts = {} }: { options?: Texts; facts?: Partial<FoundFacts> } = {}) {
  const { found, policy, plan } = runFamily(customErrors, annotations, {
    resources,
    options,
    facts: { fallback, ...facts },
  });
  return { policy, plan, found: found.map(({ rule }) => rule.name) };
}

describe('custom errors are those', () => {
  test.each([
    {
      name: 'of the annotation, sorted, each once',
      given: { 'custom-http-errors': ' 503, 404,503,' },
      statuses: [404, 503],
    },
    { name: 'of the option', given: {}, options: { 'custom-http-errors': '404,302' }, statuses: [302, 404] },
    {
      name: 'of the annotation instead of those of the option',
      given: { 'custom-http-errors': '500' },
      options: { 'custom-http-errors': '404' },
      statuses: [500],
    },
    {
      name: 'of the option, if the annotation names none',
      given: { 'custom-http-errors': ',' },
      options: { 'custom-http-errors': '404' },
      statuses: [404],
    },
    {
      name: 'of the option, beside another annotation',
      given: OWN,
      options: { 'custom-http-errors': '404' },
      statuses: [404],
      to: errors,
    },
  ])('$name', ({ given, options = {}, statuses, to = fallback }) => {
    const { policy, found } = run(given, { options });
    expect(policy).toMatchObject({ statuses, to, intercepts: true, isStandIn: false });
    expect(found).toEqual([]);
  });

  test('of the option that are statuses, and what is left out is said', () => {
    const { policy, found } = run({}, { options: { 'custom-http-errors': '503, 999,404 500,499,404,' } });
    expect(policy).toMatchObject({ statuses: [404, 503] });
    expect(found).toEqual(['invalid-option-value']);
    const { type } = customErrors.options['custom-http-errors'];
    expect(type.parse('404,999,x')).toEqual({
      ok: false,
      problem: 'has "999", which is not between 300 and 599; it is left out',
      help: 'write a number from 300 to 599, without a unit',
      rest: [404],
    });
  });

  test.each([
    // The controller reads these and ignores them, or writes what nginx refuses.
    { text: '499', rule: 'invalid-annotation-value' },
    { text: '404500', rule: 'invalid-annotation-value' },
    { text: '404 500', rule: 'invalid-annotation-value' },
    // For these it drops the Ingress.
    { text: '399', rule: 'dropped-for-value' },
    { text: '600', rule: 'dropped-for-value' },
    { text: 'all', rule: 'dropped-for-value' },
    { text: '4xx', rule: 'dropped-for-value' },
    { text: '-404', rule: 'dropped-for-value' },
  ])('not "$text"', ({ text, rule }) => {
    const { policy, found } = run({ 'custom-http-errors': text });
    expect(policy).toBeUndefined();
    expect(found).toEqual([rule]);
  });
});

describe('error pages come', () => {
  const ON = { 'custom-http-errors': '404' };

  test.each([
    { name: 'from the Service of the annotation', given: { ...ON, ...OWN }, to: errors },
    { name: 'else from the default backend of the installation', given: ON, to: fallback },
    { name: 'from nobody without one', given: ON, facts: { fallback: undefined }, to: undefined },
    {
      name: 'from that of the installation if nobody is ready for the other',
      given: { ...ON, ...OWN },
      facts: { leadTo: () => undefined },
      to: fallback,
    },
    {
      name: 'from that of the installation where the location leads there itself',
      given: { ...ON, ...OWN },
      facts: { backend: undefined },
      to: fallback,
    },
  ])('$name', ({ given, facts, to }) => {
    const { policy, found } = run(given, facts === undefined ? {} : { facts });
    expect(policy?.to).toEqual(to);
    expect(policy?.isStandIn).toBe(false);
    expect(found).toEqual([]);
  });

  test('from the first port of the Service', () => {
    const asked: unknown[] = [];
    const leadTo: FoundFacts['leadTo'] = backend => {
      asked.push(backend);
      return undefined;
    };
    run({ ...ON, ...OWN }, { facts: { leadTo } });
    expect(asked).toContainEqual({ namespace: 'shop', service: 'errors', port: { number: 8080 } });
  });

  test.each([
    { name: 'a Service that is not there', service: 'nobody' },
    { name: 'a Service without a port', service: 'portless' },
  ])('not from $name', ({ service }) => {
    const { policy, found } = run({ ...ON, 'default-backend': service });
    expect(policy?.to).toEqual(fallback);
    expect(found).toEqual(['unusable-default-backend']);
  });

  test.each(['shop/errors', 'Errors', '1st', 'errors ', 'a.b', '-'])('nor from "%s"', service => {
    const { policy, found } = run({ ...ON, 'default-backend': service });
    expect(policy?.to).toEqual(fallback);
    expect(found).toEqual(['dropped-for-value']);
  });
});

describe('errors of the backend', () => {
  const OFF = { 'disable-proxy-intercept-errors': 'true' };
  const ON = { 'custom-http-errors': '404' };

  test.each([
    { name: 'are replaced', given: ON, options: {}, intercepts: true },
    { name: 'pass', given: { ...ON, ...OFF }, options: {}, intercepts: false },
    { name: 'pass by the option', given: {}, options: { ...ON, ...OFF }, intercepts: false },
    {
      name: 'are replaced by the annotation although they pass by the option',
      given: ON,
      options: { ...ON, ...OFF },
      intercepts: true,
    },
    { name: 'pass by both', given: { ...ON, ...OFF }, options: { ...ON, ...OFF }, intercepts: false },
    {
      name: 'are replaced by the option although they pass by the annotation',
      given: { ...ON, ...OFF },
      options: ON,
      intercepts: true,
      says: ['annotation-without-effect'],
    },
    {
      name: 'are replaced by the option alone',
      given: OFF,
      options: ON,
      intercepts: true,
      says: ['annotation-without-effect'],
    },
    {
      name: 'pass where there are none',
      given: OFF,
      options: {},
      intercepts: undefined,
      says: ['annotation-without-effect'],
    },
    {
      name: 'pass where there are none, beside a Service',
      given: { ...OWN, ...OFF },
      options: {},
      intercepts: undefined,
      says: ['annotation-without-effect'],
    },
  ])('$name', ({ given, options, intercepts, says = [] }) => {
    const { policy, found } = run(given, { options });
    expect(policy?.intercepts).toBe(intercepts);
    expect(found).toEqual(says);
  });
});

describe('a Service stands in', () => {
  const facts = { found: NOBODY };

  test('where nobody is ready, and is told for whom', () => {
    const { policy, plan, found } = run(OWN, { facts });
    expect(policy).toEqual({
      statuses: [],
      intercepts: false,
      to: undefined,
      source: { namespace: 'shop', ingress: 'web', service: 'web', port: '80' },
      isStandIn: true,
    });
    expect(found).toEqual([]);
    expect(plan).toBeDefined();
  });

  test.each([
    { name: 'somebody is', given: OWN, facts: {} },
    { name: 'nobody is ready for it either', given: OWN, facts: { ...facts, leadTo: () => undefined } },
    { name: 'the location leads to the default backend', given: OWN, facts: { ...facts, backend: undefined } },
    { name: 'none is named', given: {}, facts },
  ])('not where $name', ({ given, facts: here }) => {
    expect(run(given, { facts: here }).policy).toBeUndefined();
  });
});

test('locations that ask for the same get one object, others their own', () => {
  const { plan } = run({ 'custom-http-errors': '404', ...OWN });
  const of = (facts: Partial<FoundFacts>) => plan.location({ ...FACTS, fallback, ...facts }).customErrors?.asks;
  const cart = { namespace: 'shop', service: 'cart', port: { name: 'http' } };
  const folder = of({ path: '/a/' });
  expect(of({ path: '/a' })).toBe(folder);
  expect(of({ backend: cart })?.source).toEqual({ namespace: 'shop', ingress: 'web', service: 'cart', port: 'http' });
  expect(of({ path: '/a/' })).toEqual(folder);
});
