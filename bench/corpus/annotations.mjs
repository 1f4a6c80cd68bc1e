// @ts-check

/** @typedef {import('./dice.mjs').Dice} Dice */
/** @typedef {Record<string, string>} Annotations */
/** @typedef {readonly [shares: number, make: (roll: Dice, service: string) => Annotations]} Family */

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** Secrets of each namespace: users with their passwords, and the authority of client certificates. */
export const PASSWORDS_SECRET = 'staff';
export const AUTHORITY_SECRET = 'clients-ca';

/** What a family sets, under the prefix. */
const ours = (/** @type {Annotations} */ values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${PREFIX}${name}`, value]));

/** How the usual values of a list become annotations. */
const oneOf =
  (/** @type {string} */ name, /** @type {readonly [string, ...string[]]} */ values) => (/** @type {Dice} */ roll) =>
    ours({ [name]: roll.pick(values) });

const seconds = /** @type {const} */ (['600', '600', '3600', '300', '60', '120', '1800', '86400']);

/**
 * What comes together, and in how many of 1,509 Ingresses of public repositories it stands, with their usual values.
 * Canaries and snippets are left out: the first are made while a cluster runs, the second are refused without a flag.
 * @type {readonly Family[]}
 */
const FAMILIES = [
  [183, oneOf('proxy-body-size', ['50m', '0', '10m', '100m', '8m', '10000m', '4G'])],
  [109, oneOf('ssl-redirect', ['true', 'true', 'false'])],
  [108, roll => ours({ 'proxy-read-timeout': roll.pick(seconds), 'proxy-send-timeout': roll.pick(seconds) })],
  [92, oneOf('backend-protocol', ['HTTPS', 'HTTPS', 'HTTPS', 'HTTP', 'GRPC'])],
  [
    81,
    roll =>
      ours({
        'whitelist-source-range': roll.pick([
          '10.0.0.0/8',
          '10.0.0.0/8,192.168.0.0/16',
          `192.0.2.${roll.below(250)}/32, 198.51.100.0/24`,
        ]),
      }),
  ],
  [49, oneOf('force-ssl-redirect', ['true'])],
  [47, oneOf('proxy-buffering', ['off', 'on'])],
  [39, roll => ours({ 'proxy-buffer-size': roll.pick(['128k', '32k', '16k']), 'proxy-buffers-number': '8' })],
  [
    27,
    roll => ours({ 'limit-rps': roll.pick(['10', '5', '30', '50']), 'limit-burst-multiplier': roll.pick(['2', '5']) }),
  ],
  [18, () => ours({ 'auth-type': 'basic', 'auth-secret': PASSWORDS_SECRET, 'auth-realm': 'Authentication Required' })],
  [15, oneOf('upstream-hash-by', ['$remote_addr', '$arg_session', '$request_uri'])],
  [
    15,
    () =>
      ours({
        'auth-url': 'http://authelia.identity.svc.cluster.local/api/verify',
        'auth-signin': 'https://login.apps.example.com/?rd=$scheme://$http_host$request_uri',
        'auth-response-headers': 'Remote-User, Remote-Groups',
      }),
  ],
  [12, oneOf('proxy-connect-timeout', ['300', '60', '30', '15'])],
  [
    12,
    (_, service) =>
      ours({
        'auth-tls-secret': `NAMESPACE/${AUTHORITY_SECRET}`,
        'auth-tls-verify-client': service.length % 3 === 0 ? 'optional' : 'on',
      }),
  ],
  [11, oneOf('enable-global-auth', ['false'])],
  [
    8,
    roll =>
      ours({
        affinity: 'cookie',
        'session-cookie-name': 'route',
        'session-cookie-max-age': roll.pick(['172800', '3600']),
      }),
  ],
  [8, oneOf('service-upstream', ['true'])],
  [7, oneOf('proxy-request-buffering', ['off'])],
  [7, oneOf('proxy-http-version', ['1.1'])],
  [
    6,
    roll =>
      ours({
        'enable-cors': 'true',
        'cors-allow-origin': `https://www-${roll.below(50)}.example.com`,
        'cors-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
      }),
  ],
  [4, oneOf('limit-connections', ['10', '20'])],
  [4, oneOf('client-body-buffer-size', ['1M', '512k'])],
  [3, oneOf('upstream-vhost', ['inner.example.com', 'localhost:8080'])],
  [3, oneOf('app-root', ['/app', '/ui', '/dashboard'])],
  [3, oneOf('permanent-redirect', ['https://www.example.com/'])],
  [2, (_, service) => ours({ 'custom-http-errors': '502,504', 'default-backend': service })],
  [2, oneOf('connection-proxy-header', ['keep-alive'])],
  [2, oneOf('proxy-max-temp-file-size', ['1024m'])],
  [2, oneOf('enable-access-log', ['false'])],
  [2, roll => ours({ 'server-alias': `alias-${roll.below(1_000_000)}.apps.example.com` })],
  [2, oneOf('proxy-next-upstream-tries', ['2'])],
  [59, () => ({ 'cert-manager.io/cluster-issuer': 'letsencrypt-prod' })],
  [12, () => ({ 'kubernetes.io/tls-acme': 'true' })],
  [8, roll => ({ 'external-dns.alpha.kubernetes.io/target': `lb-${roll.below(4)}.example.com` })],
];
const SHARES = FAMILIES.reduce((sum, [share]) => sum + share, 0);
/** How many families an Ingress has: they are seldom, as in public repositories. */
const COUNTS = /** @type {const} */ ([0, 0, 0, 0, 0, 1, 1, 1, 2, 2]);

/** @type {(roll: Dice) => Family[1]} */
function family(roll) {
  let left = roll.below(SHARES);
  const found = FAMILIES.find(([share]) => (left -= share) < 0);
  return found?.[1] ?? (() => ({}));
}

/** What an Ingress carries besides its paths, most of the time nothing. */
export function annotationsOf(
  /** @type {Dice} */ roll,
  /** @type {string} */ namespace,
  /** @type {string} */ service,
) {
  /** @type {Annotations} */
  const all = {};
  for (let left = roll.pick(COUNTS); left > 0; left -= 1) Object.assign(all, family(roll)(roll, service));
  const filled = Object.entries(all).map(([name, value]) => [name, value.replace('NAMESPACE', namespace)]);
  return Object.fromEntries(filled);
}

/** Five that many real Ingresses have. */
export const FIVE_ANNOTATIONS = ours({
  'proxy-body-size': '8m',
  'proxy-read-timeout': '600',
  'enable-cors': 'true',
  'whitelist-source-range': '10.0.0.0/8,192.168.0.0/16',
  'limit-rps': '10',
});
