import type { Parsed, ValueType } from './value-type.ts';

/** Units of nginx, each of 1024 of the one before. */
const UNITS = ['', 'k', 'm', 'g'] as const;

/** What nginx holds in 64 bits. */
const MOST = 2n ** 63n - 1n;

const SIZE = /^(\d+)([kmg]?)$/;

/** With blanks, a fraction, or a unit of others. */
const MEANT = /^\s*(\d{1,12}(?:[.,]\d{1,9})?)\s*([kmgt]?)(?:i?b|bytes?)?\s*$/i;
const LONGEST_MEANT = 40;

/** The sizes that a directive of nginx takes. */
interface SizeRange {
  /** Those that nginx takes for the size of a file have gigabytes, the others have not. */
  readonly hasGigabytes: boolean;
  readonly minBytes: bigint;
  /** What to type where it cannot be told what was meant. */
  readonly help: string;
}

/** The bytes of a size that `size` has read; above 2⁵³ the nearest number that there is. */
export function bytesOf(text: string): number {
  return Number(exactBytes(text) ?? 0n);
}

/** Bytes in the largest unit in which they are a whole number, but for gigabytes, which not every directive takes. */
export function sizeText(bytes: number): string {
  if (bytes > 0 && bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2}m`;
  return bytes > 0 && bytes % 1024 === 0 ? `${bytes / 1024}k` : `${bytes}`;
}

function exactBytes(text: string): bigint | undefined {
  const [, digits, unit] = SIZE.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return BigInt(digits) * 1024n ** BigInt(UNITS.findIndex(each => each === unit));
}

/**
 * Sizes as nginx reads them, in small letters and without zeros at their begin: `8m`, `1048576`. The unit stays, so that
 * nginx.conf has the text of the manifest.
 * Source: nginx's src/core/ngx_parse.c, ngx_parse_size and ngx_parse_offset.
 */
export function size(range: SizeRange): ValueType<string> {
  const { hasGigabytes, minBytes, help } = range;
  return {
    name: hasGigabytes ? 'size in bytes, or with `k`, `m` or `g`' : 'size in bytes, or with `k` or `m`',
    schema: { pattern: hasGigabytes ? '^[0-9]+[kKmMgG]?$' : '^[0-9]+[kKmM]?$' },
    parse(text) {
      const written = text.replace(/^0+(?=\d)/, '').replace(/[KMG]$/, unit => unit.toLowerCase());
      // Longer ones are too large in any case, and take their time.
      if (/^\d{20,}[kmg]?$/.test(written)) return { ok: false, problem: 'is more than nginx can count', help };
      const bytes = exactBytes(written);
      if (bytes === undefined) return refused('is not a size', text, range);
      if (!hasGigabytes && written.endsWith('g'))
        return refused('has a unit that nginx does not take here', text, range);
      if (bytes > MOST) return { ok: false, problem: 'is more than nginx can count', help };
      if (bytes < minBytes) return { ok: false, problem: 'is too small', help };
      return { ok: true, value: bytes === 0n ? '0' : written };
    },
  };
}

function refused(problem: string, text: string, range: SizeRange): Parsed<never> {
  const meant = text.length > LONGEST_MEANT ? undefined : meantSize(text, range);
  return { ok: false, problem, help: meant === undefined ? range.help : `write "${meant}"` };
}

/** The same size in the largest unit in which it is a whole number; undefined where it cannot be told. */
function meantSize(text: string, { hasGigabytes, minBytes }: SizeRange): string | undefined {
  const [, digits, letter = ''] = MEANT.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const units = hasGigabytes ? UNITS : UNITS.slice(0, -1);
  let count = Number(digits.replace(',', '.'));
  let exponent = ['', 'k', 'm', 'g', 't'].indexOf(letter.toLowerCase());
  while (exponent > 0 && (exponent >= units.length || !Number.isInteger(count))) {
    count *= 1024;
    exponent -= 1;
  }
  const isUsable = Number.isSafeInteger(count) && BigInt(count) >= minBytes;
  return isUsable ? `${count}${units[exponent]}` : undefined;
}
