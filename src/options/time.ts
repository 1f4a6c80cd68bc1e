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

/** The same in seconds, where years and months count as well, and milliseconds do not. */
const SECONDS =
  /^(?=\d)(?:(\d{1,9})y)?(?:(\d{1,9})M)?(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s?)?$/;

/** What each unit of it has, in its order. */
const LENGTHS: readonly number[] = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];

/** Older versions of OpenSSL count in 32 bits. */
const MOST_SECONDS = 2 ** 31 - 1;

/**
 * A time as nginx reads it where it counts seconds.
 * Source: nginx 1.22, ngx_parse_time and ngx_conf_set_sec_slot.
 */
export const secondsText: ValueType<string> = {
  name: 'time',
  schema: { pattern: SECONDS.source },
  parse(value) {
    const help = 'write "600", "10m" or "1h30m"';
    const parts: readonly (string | undefined)[] = SECONDS.exec(value)?.slice(1) ?? [];
    if (parts.length === 0) return { ok: false, problem: 'is not a time that nginx understands', help };
    const total = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (LENGTHS[index] ?? 0), 0);
    if (total > MOST_SECONDS) return { ok: false, problem: 'is longer than nginx can count', help };
    return { ok: true, value };
  },
};
