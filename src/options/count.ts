import type { ValueType } from './value-type.ts';
import { integer } from './value-type.ts';

const anyInteger = integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

/** Whole numbers in the form of Go's strconv.Atoi, negative ones too, which mean the same as 0. */
export const count: ValueType<number> = {
  ...anyInteger,
  parse(text) {
    const read = anyInteger.parse(text);
    if (read.ok) return { ok: true, value: Math.max(0, read.value) };
    const meant = /^\s*(\d{1,15})\s*(?:r?\/?[smk]|[kK]i?[bB]?(?:\/s)?)?\s*$/.exec(text)?.[1];
    const help = meant === undefined ? 'write a number without a unit, such as "10"' : `write "${meant}"`;
    return { ok: false, problem: 'is not a whole number', help };
  },
};
