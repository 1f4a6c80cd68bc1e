import type { PlainValue } from '../json/value.ts';

/*
 * What kubectl and the API server make of a plain scalar. Both read YAML 1.1 through go-yaml 2, whose numbers are Go's:
 * 0o17 and 08 are numbers, 1:20 and dates are text. Held against `kubectl label --local` of 1.32.
 */
const WORDS: ReadonlyMap<string, PlainValue> = new Map<string, PlainValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, Number.NEGATIVE_INFINITY] as const),
]);

const LONGEST_WORD = 5;
const SMALL_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SIGNED_LIMIT = 2n ** 63n;
const UNSIGNED_LIMIT = 2n ** 64n;

/** The value of a plain scalar without a tag. Dates and sexagesimal numbers stay text, as in the API server. */
export function resolvePlain(text: string): PlainValue {
  const first = text.charCodeAt(0);
  if (isNumberStart(first)) return number(text) ?? WORDS.get(text) ?? text;
  if (text.length > LONGEST_WORD || !isWordStart(first)) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

/** Text in a scalar with an explicit tag of YAML's own (`!!int "80"`); undefined when it does not fit the tag. */
export function resolveTagged(text: string, tag: string): PlainValue | undefined {
  if (tag === 'str') return text;
  if (tag === 'binary') return binary(text);
  const value = resolvePlain(text);
  switch (tag) {
    case 'int':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'float':
      return typeof value === 'number' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'null':
      return value === null ? value : undefined;
    default:
      return text;
  }
}

/** Whether a text may be one of the words: it is empty, or begins with one of `fnoty~`. Nearly all are told apart by it. */
function isWordStart(code: number): boolean {
  const small = code | 32;
  return Number.isNaN(code) || small === 102 || small === 110 || small === 111 || small === 116 || small >= 121;
}

function isNumberStart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46;
}

function number(text: string): number | undefined {
  if (SMALL_INTEGER.test(text)) return Number(text);
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const parts = INTEGER.exec(plain);
  const integer = parts === null ? undefined : bounded(parts);
  if (integer !== undefined) return integer;
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** What fits neither int64 nor uint64 is no integer to Go. */
function bounded(parts: RegExpExecArray): number | undefined {
  const [, sign, hex, bits, octal, decimal = ''] = parts;
  const digits = hex ? `0x${hex}` : bits ? `0b${bits}` : octal ? `0o${octal}` : decimal;
  const size = BigInt(digits);
  const limit = sign === '' ? UNSIGNED_LIMIT : sign === '-' ? SIGNED_LIMIT + 1n : SIGNED_LIMIT;
  if (size >= limit) return undefined;
  return sign === '-' ? 0 - Number(size) : Number(size);
}

function binary(text: string): string | undefined {
  const packed = text.replaceAll(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  return Buffer.from(packed, 'base64').toString('utf8');
}
