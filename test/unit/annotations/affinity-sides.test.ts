import { describe, expect, test } from 'vitest';

import type { Affinity } from '../../../src/routing/policies/affinity.ts';
import { markOf, shareAffinity } from '../../../src/annotations/affinity-sides.ts';

const affinity: Affinity = {
  cookie: {
    name: 'a.b',
    maxAge: undefined,
    domain: undefined,
    isSecure: false,
    sameSite: undefined,
    isNoneConditional: false,
  },
  mode: 'balanced',
  changesOnFailure: false,
};
const main = { namespace: 'shop', service: 'web', port: { number: 80 } };
const other = { namespace: 'shop', service: 'web-canary', port: { number: 80 } };
const share = { rules: [], parts: 1, of: 100, isSticky: true };

/** The side of a request, by its Cookie header; undefined where the rules of the canary decide. */
function sideOf(header: string, isSticky = true): string | undefined {
  const { rules } = shareAffinity(affinity, { main, other, share: { ...share, isSticky } });
  const fits = rules.find(({ when }) => when.is.kind === 'regex' && new RegExp(when.is.regex).test(header));
  return fits === undefined ? undefined : fits.isTaken ? 'canary' : 'main';
}

describe('a client with a cookie of the session', () => {
  test.each([
    { name: 'stays with the main Service', header: 'a.b=key', side: 'main' },
    { name: 'stays there among other cookies', header: 'x=1; a.b=key; y=2', side: 'main' },
    { name: 'stays there with a cookie of the controller', header: `a.b=1.2.3|${markOf(main)}`, side: 'main' },
    { name: 'stays with the canary', header: `a.b=key|${markOf(other)}`, side: 'canary' },
    { name: 'is new to another canary', header: 'a.b=key|123', side: undefined },
    { name: 'is new without a key', header: 'a.b=', side: undefined },
    { name: 'is new without a cookie', header: '', side: undefined },
    { name: 'is not known by the end of a name', header: 'xa.b=key', side: undefined },
    { name: 'is not known by a name in capitals', header: 'A.B=key', side: undefined },
    { name: 'is not known by a name that an expression would fit', header: 'aXb=key', side: undefined },
    {
      name: 'is known by the last of several',
      header: `a.b=1; a.b=2|${markOf(other)}`,
      side: 'canary',
    },
    {
      name: 'is known by the last, whatever was first',
      header: `a.b=2|${markOf(other)}; a.b=1`,
      side: 'main',
    },
  ])('$name', ({ header, side }) => {
    expect(sideOf(header)).toBe(side);
  });

  test('does not stay with a canary that gives no cookies', () => {
    expect(sideOf(`a.b=key|${markOf(other)}`, false)).toBeUndefined();
    expect(sideOf('a.b=key', false)).toBe('main');
  });
});

test('the mark of a Service is that of the controller', () => {
  // printf %s shop-web-80 | md5sum; then that and the name again
  expect(markOf(main)).toBe('ad0f3520c2b4ae4ad7cae6da8d3345ed');
  expect(markOf({ ...main, port: { name: 'http' } })).not.toBe(markOf(main));
});

test('a canary has the affinity of its main Service, with a mark, unless it gives no cookies', () => {
  expect(shareAffinity(affinity, { main, other, share }).asks).toEqual({ ...affinity, mark: markOf(other) });
  expect(shareAffinity(affinity, { main, other, share: { ...share, isSticky: false } }).asks).toBeUndefined();
});
