import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';

/** Units of a time in milliseconds, each at most once and in this order; a number without one counts seconds. */
const TIME = /^(?=\d)(?:\d{1,9}w)?(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m(?!s))?(?:\d{1,9}s)?(?:\d{1,9}ms|\d{1,9})?$/;

/**
 * A time as nginx reads it where it counts milliseconds: months and years are none there.
 * Source: nginx 1.22, ngx_parse_time and ngx_conf_set_msec_slot.
 */
const time: ValueType<string> = {
  name: 'time',
  schema: { pattern: TIME.source },
  parse(value) {
    if (TIME.test(value)) return { ok: true, value };
    return { ok: false, problem: 'is not a time that nginx understands', help: 'write "240s", "500ms" or "1h30m"' };
  },
};

/** The worker processes of nginx. */
export const workers = defineFamily({
  name: 'workers',
  annotations: {},
  options: {
    'worker-shutdown-timeout': {
      type: time,
      default: '240s',
      example: '30s',
      summary: 'How long old workers may finish their requests after a reload; `0` is without end.',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: { main: options => ({ shutdownTimeout: options['worker-shutdown-timeout'] }) },
});
