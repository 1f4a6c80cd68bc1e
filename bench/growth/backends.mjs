// @ts-check
import {
  CONTROLLER_CONFIG,
  TCP_SERVICES,
  many,
  table,
  path,
  rule,
  ingress,
  service,
  secret,
  configMap,
  slice,
  address,
  BASIC,
  PLAIN,
  WEB,
} from './manifests.mjs';

/** @typedef {import('./manifests.mjs').Shape} Shape */

/** An Ingress with a path to each of many Services. */
function ofServices(/** @type {number} */ n) {
  const paths = many(n, i => path(`/p${i}`, { service: `s${i}` }));
  return ingress([rule('shop.example', paths)]);
}

/** An Ingress with a path to each of many ports, whose names begin with `letter`. */
function ofPorts(/** @type {number} */ n, /** @type {string} */ letter) {
  const paths = many(n, i => path(`/p${i}`, { port: { name: `${letter}${i}` } }));
  return ingress([rule('shop.example', paths)]);
}

/** @type {Readonly<Record<string, Shape>>} */
export const BACKENDS = {
  'Services of a host': n => [ofServices(n), ...many(n, i => service(`s${i}`))],
  'Services that are missing': n => [ofServices(n), WEB],
  'ports by name': n => [
    ofPorts(n, 'p'),
    service(
      'web',
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
  ],
  'ports that the Service lacks': n => [
    ofPorts(n, 'q'),
    service(
      'web',
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
  ],
  'endpoints of a Service': n => [
    PLAIN,
    WEB,
    ...many(Math.ceil(n / 1000), j =>
      slice(
        `e${j}`,
        many(Math.min(1000, n - 1000 * j), i => address(1000 * j + i)),
      ),
    ),
  ],
  'EndpointSlices of a Service': n => [PLAIN, WEB, ...many(n, i => slice(`e${i}`, [address(i)]))],
  'ports and endpoints': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { port: { number: i + 1 } })),
      ),
    ]),
    service(
      'web',
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
    slice(
      'e',
      [address(1)],
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
  ],
  'backends without a port': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { port: {} })),
      ),
    ]),
    WEB,
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
export const CONFIG_MAPS = {
  'misspelt options': n => [
    PLAIN,
    WEB,
    configMap(
      CONTROLLER_CONFIG,
      table(
        n,
        i => `proxy-bdy-sze-${i}`,
        () => '1',
      ),
    ),
  ],
  'paths without authentication': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      { annotations: BASIC },
    ),
    WEB,
    configMap(CONTROLLER_CONFIG, { 'no-auth-locations': many(n, i => `/q${i}`).join(',') }),
    secret('staff', { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' }),
  ],
  'paths without redirect': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      {
        spec: { tls: [{ hosts: ['shop.example'], secretName: 'cert' }] },
      },
    ),
    WEB,
    configMap(CONTROLLER_CONFIG, { 'no-tls-redirect-locations': many(n, i => `/q${i}`).join(',') }),
  ],
  'TCP ports': n => [
    PLAIN,
    WEB,
    configMap(
      TCP_SERVICES,
      table(
        n,
        i => String(i + 10_000),
        () => 'shop/web:80',
      ),
    ),
  ],
  'TCP ports that lead nowhere': n => [
    PLAIN,
    WEB,
    configMap(
      TCP_SERVICES,
      table(
        n,
        i => String(i + 10_000),
        () => 'shop/none:80',
      ),
    ),
  ],
};
