import type { Parsed, ValueType } from './value-type.ts';

/** Milliseconds of the units that Go knows; it takes micro- and nanoseconds, too, which nginx does not count. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);
const DURATION = /^\+?(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s))+$/;
const PART = /(\d+(?:\.\d+)?)(h|ms|m|s)/g;

function refused(problem: string): Parsed<never> {
  return { ok: false, problem, help: 'write "5s", "500ms" or "1m30s"' };
}

/**
 * A length of time as Go reads it, as nginx writes it. Source: Go's time.ParseDuration, which the controller uses.
 */
export const duration: ValueType<string> = {
  name: 'time with a unit',
  schema: { pattern: DURATION.source },
  parse(text) {
    if (!DURATION.test(text)) return refused('is not a time with a unit');
    let milliseconds = 0;
    for (const [, number = '', unit = ''] of text.matchAll(PART))
      milliseconds += Number(number) * (UNITS.get(unit) ?? 0);
    const whole = Math.round(milliseconds);
    if (whole < 1) return refused('leaves no time');
    return { ok: true, value: whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms` };
  },
};
