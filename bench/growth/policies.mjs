// @ts-check
import { annotated, BASIC, ingress, many, path, PREFIX, rule, secret, service, WEB } from './manifests.mjs';

/** @typedef {import('./manifests.mjs').Shape} Shape */

/**
 * What becomes something of its own in nginx, once for each Ingress: a map, a zone, an upstream, a location.
 * @type {Readonly<Record<string, Shape>>}
 */
export const POLICIES = {
  'a canary for each Service': n => [
    ...many(n, i => ingress([rule(`h${i}.example`, [path('/', { service: `s${i}` })])], { name: `a${i}` })),
    ...many(n, i =>
      ingress([rule(`h${i}.example`, [path('/', { service: `c${i}` })])], {
        name: `c${i}`,
        annotations: { [`${PREFIX}canary`]: 'true', [`${PREFIX}canary-weight`]: '10' },
      }),
    ),
    ...many(n, i => [service(`s${i}`), service(`c${i}`)]).flat(),
  ],
  'an origin for each host': n => [
    ...annotated(n, i => ({ 'enable-cors': 'true', 'cors-allow-origin': `https://o${i}.example` })),
    WEB,
  ],
  'a rate for each host': n => [...annotated(n, i => ({ 'limit-rps': String(i + 1) })), WEB],
  'an alias for each host': n => [...annotated(n, i => ({ 'server-alias': `alias${i}.example` })), WEB],
  'an auth service for each host': n => [
    ...annotated(n, i => ({ 'auth-url': `http://10.1.${i >> 8}.${i & 255}/verify` })),
    WEB,
  ],
  'a Service that hashes for each host': n => [
    ...many(n, i =>
      ingress([rule(`h${i}.example`, [path('/', { service: `s${i}` })])], {
        name: `a${i}`,
        annotations: { [`${PREFIX}upstream-hash-by`]: '$request_uri' },
      }),
    ),
    ...many(n, i => service(`s${i}`)),
  ],
  'error pages of each host': n => [
    ...annotated(n, () => ({ 'custom-http-errors': '502,503', 'default-backend': 'web' })),
    WEB,
  ],
  'users of each host': n => [
    ...annotated(n, i => ({ 'auth-type': 'basic', 'auth-secret': 'staff', 'auth-realm': `Realm ${i}` })),
    secret('staff', { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' }),
    WEB,
  ],
  'paths behind a password': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      { annotations: BASIC },
    ),
    secret('staff', { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' }),
    WEB,
  ],
};
