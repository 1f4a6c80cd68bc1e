// @ts-check
import {
  PREFIX,
  many,
  table,
  object,
  path,
  rule,
  ingress,
  service,
  secret,
  configMap,
  BASIC,
  PLAIN,
  WEB,
} from './manifests.mjs';

/** @typedef {import('./manifests.mjs').Shape} Shape */

/** @type {Readonly<Record<string, Shape>>} */
export const ANNOTATIONS = {
  'annotations of others': n => [
    ingress([rule('shop.example')], {
      annotations: table(
        n,
        i => `shop.example/k${i}`,
        () => 'v',
      ),
    }),
    WEB,
  ],
  'misspelt annotations': n => [
    ingress([rule('shop.example')], {
      annotations: table(
        n,
        i => `${PREFIX}proxy-bdy-sze-${i}`,
        () => 'v',
      ),
    }),
    WEB,
  ],
  'a long annotation': n => [
    ingress([rule('shop.example')], { annotations: { [`${PREFIX}auth-realm`]: 'v'.repeat(n), ...BASIC } }),
    WEB,
    secret('staff', { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' }),
  ],
  'a password file each': n => [
    ...many(n, i =>
      ingress([rule(`h${i}.example`)], {
        name: `a${i}`,
        annotations: { ...BASIC, [`${PREFIX}auth-secret`]: `b${i}` },
      }),
    ),
    WEB,
    ...many(n, i => secret(`b${i}`, { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' })),
  ],
  'users of a password file': n => [
    ingress([rule('shop.example')], { annotations: BASIC }),
    WEB,
    secret('staff', { auth: many(n, i => `u${i}:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n`).join('') }),
  ],
  'lines that are no users': n => [
    ingress([rule('shop.example')], { annotations: BASIC }),
    WEB,
    secret('staff', { auth: many(n, i => `u${i}:bad\n`).join('') }),
  ],
  'users as an auth-map': n => [
    ingress([rule('shop.example')], { annotations: { ...BASIC, [`${PREFIX}auth-secret-type`]: 'auth-map' } }),
    WEB,
    secret(
      'staff',
      table(
        n,
        i => `u${i}`,
        () => '$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb',
      ),
    ),
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
export const OBJECTS = {
  'the same object again': n => [...many(n, () => PLAIN), WEB],
  'one name, many contents': n => [...many(n, i => ingress([rule('shop.example', [path(`/p${i}`)])])), WEB],
  'small objects beside a large one of their name': n => [
    secret('staff', { auth: 'x'.repeat(20 * n) }),
    ...many(n, () => secret('staff', { auth: 'x' })),
    PLAIN,
    WEB,
  ],
  'Secrets that nobody uses': n => [PLAIN, WEB, ...many(n, i => secret(`s${i}`, { key: 'value' }))],
  'ConfigMaps that nobody uses': n => [PLAIN, WEB, ...many(n, i => configMap(`shop/c${i}`, { key: 'value' }))],
  'unknown fields': n => [
    ingress([rule('shop.example')], {
      spec: table(
        n,
        i => `f${i}`,
        () => 1,
      ),
    }),
    WEB,
  ],
  labels: n => [
    PLAIN,
    service('web', [{ port: 80 }], {
      labels: table(
        n,
        i => `k${i}`,
        () => 'v',
      ),
    }),
  ],
  'labels that are none': n => [
    PLAIN,
    service('web', [{ port: 80 }], {
      labels: table(
        n,
        i => `k${i}`,
        () => 'v v',
      ),
    }),
  ],
  'objects of no kind': n => [PLAIN, WEB, ...many(n, i => ({ ...service(`s${i}`), kind: 'Servce' }))],
  'Services with mistakes': n => [PLAIN, WEB, ...many(n, i => service(`s${i}`, [{ port: 70_000 + i }]))],
  'Secrets that are not base64': n => [
    PLAIN,
    WEB,
    object('Secret', 'staff', {
      data: table(
        n,
        i => `k${i}`,
        () => '!',
      ),
    }),
  ],
};
