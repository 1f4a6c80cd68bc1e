import { count } from '../options/count.ts';
import type { OptionSpec } from '../options/option.ts';
import type { LimitRate } from '../routing/policies/limit-rate.ts';
import { defineFamily } from './family.ts';

const RATE = 'limit-rate';
const AFTER = 'limit-rate-after';

/** More than nginx can send, and less than it can count in bytes. */
const MOST = 1_000_000_000_000;

function rateOf(values: Readonly<Record<typeof RATE | typeof AFTER, number>>): LimitRate {
  return { kilobytesPerSecond: Math.min(values[RATE], MOST), afterKilobytes: Math.min(values[AFTER], MOST) };
}

/** What differs from what holds for all hosts; undefined for nothing. */
function differing(own: LimitRate, ofAll: LimitRate): Partial<LimitRate> | undefined {
  const { kilobytesPerSecond, afterKilobytes } = own;
  const found = {
    ...(kilobytesPerSecond === ofAll.kilobytesPerSecond ? {} : { kilobytesPerSecond }),
    ...(afterKilobytes === ofAll.afterKilobytes ? {} : { afterKilobytes }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

const rate = {
  type: count,
  default: 0,
  example: '200',
  summary: 'How many kilobytes per second of a response are sent, with `proxy-buffering` only; 0 for no limit.',
  becomes: 'limit_rate',
} as const;
const after = {
  type: count,
  default: 0,
  example: '1024',
  summary: 'How many kilobytes of a response are sent before `limit-rate` begins.',
  becomes: 'limit_rate_after',
} as const;

/**
 * How fast responses are sent.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/ratelimit/main.go.
 */
export const limitRate = defineFamily({
  name: 'limitRate',
  options: {
    [RATE]: rate satisfies OptionSpec<number>,
    [AFTER]: after satisfies OptionSpec<number>,
  },
  annotations: {
    [RATE]: { ...rate, defaultFrom: RATE } satisfies OptionSpec<number>,
    [AFTER]: { ...after, defaultFrom: AFTER } satisfies OptionSpec<number>,
  },
  read: (values, { options }) => differing(rateOf(values), rateOf(options)),
  gives: {
    http(options) {
      const found = rateOf(options);
      return found.kilobytesPerSecond === 0 && found.afterKilobytes === 0 ? undefined : found;
    },
    location: asked => asked,
  },
});
