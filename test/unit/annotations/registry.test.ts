import { describe, expect, test } from 'vitest';

import { annotationFamilies as families, builtAnnotations } from '../../../src/annotations/registry.ts';
import type { Family } from '../../../src/annotations/family.ts';
import { isKnownVariable } from '../../../src/routing/nginx-variables.ts';
import { options } from '../../../src/controller-config/registry.ts';

const built = Object.entries(builtAnnotations());

describe.each(built)('the annotation %s', (name, spec) => {
  test('is the same in each family that has it', () => {
    const specs = Object.values<Family>(families).flatMap(({ annotations }) => annotations[name] ?? []);
    expect(new Set(specs)).toEqual(new Set([spec]));
  });

  test('has an example that it takes', () => {
    expect(spec.type.parse(spec.example)).toMatchObject({ ok: true });
  });

  test('takes its default from an option that is there', () => {
    expect(spec.defaultFrom === undefined || Object.hasOwn(options, spec.defaultFrom)).toBe(true);
  });
});

test.each([
  { name: 'host', isKnown: true },
  { name: 'HOST', isKnown: true },
  { name: 'http_x_any', isKnown: true },
  { name: 'arg_q', isKnown: true },
  { name: 'http_', isKnown: false },
  { name: 'https_url', isKnown: false },
  { name: 'geoip_country_code', isKnown: false },
  { name: 'constructor', isKnown: false },
  { name: '', isKnown: false },
])('the variable "$name" is known: $isKnown', ({ name, isKnown }) => {
  expect(isKnownVariable(name)).toBe(isKnown);
});
