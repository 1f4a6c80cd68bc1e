import type { Parsed, ValueType } from './value-type.ts';

/** nginx counts milliseconds, and adds them to its clock. */
const MOST = Math.floor(Number.MAX_SAFE_INTEGER / 1000);

/** Digits with a unit, each at most once. */
const MEANT = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.0*)?(?:s|sec|seconds?)?)?$/;
const LONGEST_MEANT = 40;

/** Whole seconds in the form of Go's strconv.Atoi, which the controller uses for annotations. */
export const seconds: ValueType<number> = {
  name: 'whole number of seconds',
  schema: { pattern: '^(?:[+]?[0-9]+|-0+)$' },
  parse(text) {
    if (!/^[+-]?\d+$/.test(text)) return refused('is not a whole number of seconds', text);
    const value = Number(text);
    if (value < 0) return refused('is negative', text);
    if (value > MOST) return refused('is more than nginx can count', text);
    return { ok: true, value: Math.abs(value) };
  },
};

/**
 * The same in an option. There a zero at the begin makes the controller read the number as octal, and no time at all
 * would fail every request of all hosts.
 * Source: Go's strconv.ParseInt with base 0, which mapstructure 1.5 calls.
 */
export const secondsOfOption: ValueType<number> = {
  name: seconds.name,
  schema: { pattern: '^[+]?[1-9][0-9]*$' },
  parse(text) {
    if (/^[+-]?0+$/.test(text)) return refused('leaves no time', text);
    if (/^[+-]?0\d/.test(text)) return refused('begins with a zero: the controller reads it as octal', text);
    return seconds.parse(text);
  },
};

function refused(problem: string, text: string): Parsed<never> {
  const meant = text.length > LONGEST_MEANT ? 0 : meantSeconds(text);
  const help = meant > 0 && meant <= MOST ? `write "${meant}"` : 'write seconds without a unit, such as "60"';
  return { ok: false, problem, help };
}

/** 0 where it cannot be told. */
function meantSeconds(text: string): number {
  const [, days = 0, hours = 0, minutes = 0, rest = 0] = MEANT.exec(text.replaceAll(/[\s+_]/g, '').toLowerCase()) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest);
}
