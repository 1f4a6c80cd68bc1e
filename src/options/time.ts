import type { ValueType } from './value-type.ts';

/** Units of a time in milliseconds, each at most once and in this order; a number without one counts seconds. */
const TIME = /^(?=\d)(?:\d{1,9}w)?(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m(?!s))?(?:\d{1,9}s)?(?:\d{1,9}ms|\d{1,9})?$/;

/**
 * A time as nginx reads it where it counts milliseconds: months and years are none there.
 * Source: nginx 1.22, ngx_parse_time and ngx_conf_set_msec_slot.
 */
export const time: ValueType<string> = {
  name: 'time',
  schema: { pattern: TIME.source },
  parse(value) {
    if (TIME.test(value)) return { ok: true, value };
    return { ok: false, problem: 'is not a time that nginx understands', help: 'write "240s", "500ms" or "1h30m"' };
  },
};
