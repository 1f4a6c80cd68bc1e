import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import { time } from '../options/time.ts';
import { bool, integer } from '../options/value-type.ts';

/** nginx counts in 32 bits. */
const MOST = 2_147_483_647;

/**
 * How TCP and UDP services are reached.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, the servers of stream{}.
 */
export const streams = defineFamily({
  name: 'streams',
  annotations: {},
  options: {
    'proxy-stream-timeout': {
      type: time,
      default: '600s',
      example: '30m',
      summary: 'How long a TCP or UDP session may be idle.',
      becomes: 'proxy_timeout',
    } satisfies OptionSpec<string>,
    'proxy-stream-next-upstream': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether TCP and UDP try another endpoint if one cannot be reached.',
      becomes: 'proxy_next_upstream',
    } satisfies OptionSpec<boolean>,
    'proxy-stream-next-upstream-timeout': {
      type: time,
      default: '600s',
      example: '10s',
      summary: 'For how long TCP and UDP try further endpoints; `0` is without end.',
      becomes: 'proxy_next_upstream_timeout',
    } satisfies OptionSpec<string>,
    'proxy-stream-next-upstream-tries': {
      type: integer({ min: 0, max: MOST }),
      default: 3,
      example: '2',
      summary: 'How many endpoints TCP and UDP try, the first included; `0` is all.',
      becomes: 'proxy_next_upstream_tries',
    } satisfies OptionSpec<number>,
    'proxy-stream-responses': {
      type: integer({ min: 0, max: MOST }),
      default: 1,
      example: '2',
      summary: 'How many datagrams a UDP backend answers with; `0` is none.',
      becomes: 'proxy_responses',
    } satisfies OptionSpec<number>,
  },
  read: () => undefined,
  gives: {
    main: options => ({
      idle: options['proxy-stream-timeout'],
      triesOthers: options['proxy-stream-next-upstream'],
      triesFor: options['proxy-stream-next-upstream-timeout'],
      tries: options['proxy-stream-next-upstream-tries'],
      responses: options['proxy-stream-responses'],
    }),
  },
});
