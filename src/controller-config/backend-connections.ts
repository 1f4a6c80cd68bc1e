import { defineFamily } from '../annotations/family.ts';
import { integerOfOption } from '../options/integer-of-option.ts';
import type { OptionSpec } from '../options/option.ts';
import { time } from '../options/time.ts';

/** nginx reserves memory for each connection that an upstream may keep, and there is an upstream for each Service. */
const MOST_KEPT = 128;

const LARGEST = Number.MAX_SAFE_INTEGER;
/** Seconds that nginx, which counts milliseconds, can hold in 32 bits. */
const LONGEST = 2_147_483;

/**
 * Idle connections to backends, for all hosts. The controller has one upstream for all Services and nginx one for each, so
 * that fewer are kept of each without a word of anybody.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, upstream_balancer and connection_upgrade.
 */
export const backendConnections = defineFamily({
  name: 'backendConnections',
  annotations: {},
  options: {
    'upstream-keepalive-connections': {
      type: integerOfOption({ min: -LARGEST, max: LARGEST }),
      default: 8,
      example: '32',
      summary: `How many idle connections to the endpoints of each Service a worker keeps, at most ${MOST_KEPT}; 0 is none.`,
      becomes: 'keepalive',
      differs: [{ says: `each Service has a pool of its own, of at most ${MOST_KEPT} connections` }],
    } satisfies OptionSpec<number>,
    'upstream-keepalive-time': {
      type: time,
      default: '1h',
      example: '10m',
      summary: 'After what time a connection to a backend is closed, however busy it is.',
      becomes: 'keepalive_time',
    } satisfies OptionSpec<string>,
    'upstream-keepalive-timeout': {
      type: integerOfOption({ min: 0, max: LONGEST }),
      default: 60,
      example: '15',
      summary: 'After how many idle seconds a connection to a backend is closed.',
      becomes: 'keepalive_timeout',
    } satisfies OptionSpec<number>,
    'upstream-keepalive-requests': {
      type: integerOfOption({ min: 0, max: LARGEST }),
      default: 1000,
      example: '10000',
      summary: 'After how many requests a connection to a backend is closed.',
      becomes: 'keepalive_requests',
    } satisfies OptionSpec<number>,
  },
  read: () => undefined,
  gives: {
    http: options => ({
      kept: Math.min(Math.max(0, options['upstream-keepalive-connections']), MOST_KEPT),
      lifetime: options['upstream-keepalive-time'],
      idleSeconds: options['upstream-keepalive-timeout'],
      requests: options['upstream-keepalive-requests'],
    }),
  },
});
