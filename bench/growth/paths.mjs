// @ts-check
import { PREFIX, many, path, rule, ingress, REGEX, WEB } from './manifests.mjs';

/** @typedef {import('./manifests.mjs').Shape} Shape */

/** @type {Readonly<Record<string, Shape>>} */
export const PATHS = {
  'prefix paths of a host': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`)),
      ),
    ]),
    WEB,
  ],
  'exact paths of a host': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { type: 'Exact' })),
      ),
    ]),
    WEB,
  ],
  'each path with and without slash': n => [
    ingress([rule('shop.example', [...many(n, i => path(`/p${i}`)), ...many(n, i => path(`/p${i}/`))])]),
    WEB,
  ],
  'paths below one another': n => [
    ingress([
      rule(
        'shop.example',
        many(Math.ceil(n / 20), i => path(`/${'a/'.repeat(i % 200)}${i}`)),
      ),
    ]),
    WEB,
  ],
  'regular expressions of a host': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}(/|$)(.*)`, { type: 'ImplementationSpecific' })),
        ),
      ],
      {
        annotations: { [`${PREFIX}rewrite-target`]: '/$2' },
      },
    ),
    WEB,
  ],
  'broken regular expressions': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}(`, { type: 'ImplementationSpecific' })),
        ),
      ],
      {
        annotations: REGEX,
      },
    ),
    WEB,
  ],
  'rewritten paths': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      {
        annotations: { [`${PREFIX}rewrite-target`]: '/' },
      },
    ),
    WEB,
  ],
  'paths without slash at the start': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`p${i}`)),
      ),
    ]),
    WEB,
  ],
  'the same path again': n => [
    ingress([
      rule(
        'shop.example',
        many(n, () => path('/same')),
      ),
    ]),
    WEB,
  ],
  'Ingresses with the same path': n => [
    ...many(n, i => ingress([rule('shop.example', [path('/same')])], { name: `a${i}` })),
    WEB,
  ],
  'Ingresses of one host': n => [
    ...many(n, i => ingress([rule('shop.example', [path(`/p${i}`)])], { name: `a${i}` })),
    WEB,
  ],
  'a long path': n => [ingress([rule('shop.example', [path(`/${'a'.repeat(n)}`)])]), WEB],
  'groups in groups of an expression': n => [
    ingress(
      [rule('shop.example', [path(`/${'(a|'.repeat(n)}b${')'.repeat(n)}`, { type: 'ImplementationSpecific' })])],
      { annotations: REGEX },
    ),
    WEB,
  ],
};
