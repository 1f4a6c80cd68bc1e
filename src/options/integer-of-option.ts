import type { ValueType } from './value-type.ts';
import { integer } from './value-type.ts';

/**
 * Whole numbers of options. No text at all is 0 in the controller; a number that begins with a zero is none in ten digits.
 * Source: mapstructure 1.5, decodeInt with WeaklyTypedInput, and Go's strconv.ParseInt with base 0.
 */
export function integerOfOption(range: { readonly min: number; readonly max: number }): ValueType<number> {
  const type = integer(range);
  return {
    ...type,
    schema: { pattern: '^(-?[1-9][0-9]*|0)?$' },
    parse(text) {
      if (!/^[+-]?0\w/.test(text)) return type.parse(text === '' ? '0' : text);
      const meant = text.replace(/^([+-]?)0+(?=\d)/, '$1');
      const parsed = type.parse(meant);
      const help = parsed.ok ? `write "${parsed.value}"` : parsed.help;
      const problem = 'begins with a zero: the controller reads it as another number';
      return { ok: false, problem, ...(help === undefined ? {} : { help }) };
    },
  };
}
