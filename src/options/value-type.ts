/** What a text of a manifest turned out to be. `problem` continues the sentence `"yes" …`; `help` says what to type. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly problem: string;
      readonly help?: string;
      /** What counts all the same, where what is wrong is left out. */
      readonly rest?: T;
    };

/** A type of option values: how to read one, and how to explain it to people and to editors. */
export interface ValueType<T> {
  /** For the tables of the docs. */
  readonly name: string;
  /** JSON Schema of the text. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly parse: (text: string) => Parsed<T>;
  /** What stands between the parts of a list, so that the docs show a default as it is written. */
  readonly separator?: string;
}

const TRUE = new Set(['1', 't', 'T', 'true', 'True', 'TRUE']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'False', 'FALSE']);

/** What people write for them. */
const ON = new Set(['yes', 'y', 'on', 'true', 'enable', 'enabled']);
const OFF = new Set(['no', 'n', 'off', 'false', 'disable', 'disabled', 'none']);

/**
 * Booleans in the forms of Go's strconv.ParseBool, which the controller uses: `yes` and `on` are none.
 * Source of the empty one: mapstructure 1.5, decodeBool with WeaklyTypedInput.
 */
export const bool: ValueType<boolean> = {
  name: 'true or false',
  // The usual words first: editors offer them in this order.
  schema: { enum: [...new Set(['true', 'false', ...TRUE, ...FALSE])] },
  parse(text) {
    if (TRUE.has(text)) return { ok: true, value: true };
    if (FALSE.has(text)) return { ok: true, value: false };
    // Only an option can be empty: an annotation without a text counts as absent.
    if (text === '') {
      return {
        ok: false,
        problem: 'is empty, which counts as "false"',
        help: 'write "false", or remove it',
        rest: false,
      };
    }
    return { ok: false, problem: 'is not a boolean', help: boolHelp(text) };
  },
};

function boolHelp(text: string): string {
  const word = text.trim().toLowerCase();
  return ON.has(word) ? 'write "true"' : OFF.has(word) ? 'write "false"' : 'write "true" or "false"';
}

/** Whole numbers without unit. */
export function integer(range: { readonly min: number; readonly max: number }): ValueType<number> {
  return {
    name: 'whole number',
    schema: { pattern: range.min < 0 ? '^[+-]?[0-9]{1,15}$' : '^[+]?[0-9]{1,15}$' },
    parse(text) {
      const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= range.min && value <= range.max) return { ok: true, value };
      const problem = Number.isNaN(value) ? 'is not a whole number' : `is not between ${range.min} and ${range.max}`;
      // A number of seconds is what most numbers with this unit are.
      const bare = Number(/^(\d{1,15})s$/.exec(text)?.[1] ?? Number.NaN);
      const isMeant = bare >= range.min && bare <= range.max;
      const help = isMeant ? `write "${bare}"` : `write a number from ${range.min} to ${range.max}, without a unit`;
      return { ok: false, problem, help };
    },
  };
}

/** What a boolean means where nginx takes `on` and `off`. */
function switchMeant<W extends string>(words: readonly W[], text: string): W | undefined {
  const meant = ON.has(text) || text === '1' ? 'on' : OFF.has(text) || text === '0' ? 'off' : undefined;
  return words.find(word => word === meant);
}

/** One of a closed set of words. */
export function oneOf<const W extends string>(...words: readonly W[]): ValueType<W> {
  return {
    name: words.map(word => `\`${word}\``).join(', '),
    schema: { enum: words },
    parse(text) {
      const value = words.find(word => word === text);
      if (value !== undefined) return { ok: true, value };
      const folded = text.trim().toLowerCase();
      const near = words.find(word => word.toLowerCase() === folded);
      const meant = near ?? switchMeant(words, folded);
      const help = `write ${(meant === undefined ? words : [meant]).map(word => `"${word}"`).join(' or ')}`;
      const problem =
        near === undefined ? `is not one of ${words.join(', ')}` : `is not "${near}": capitals and blanks count`;
      return { ok: false, problem, help };
    },
  };
}

/** Characters of an option's text: more than anybody needs, and half of what nginx takes as one word. */
const LONGEST_TEXT = 2048;

/** Text of which every character is allowed. `characters` names them for people. */
export function text(pattern: RegExp, characters: string): ValueType<string> {
  return {
    name: 'text',
    schema: { pattern: pattern.source },
    parse(value) {
      if (value.length > LONGEST_TEXT) {
        return { ok: false, problem: `is longer than ${LONGEST_TEXT} characters`, help: 'shorten it' };
      }
      if (pattern.test(value)) return { ok: true, value };
      return { ok: false, problem: 'has characters that are not allowed here', help: `use only ${characters}` };
    },
  };
}

/** The same with what does not count around a value, as a class of an expression. */
function padded(schema: ValueType<unknown>['schema'], blank: string): ValueType<unknown>['schema'] {
  const { pattern, enum: words } = schema;
  const [, inner] = typeof pattern === 'string' ? (/^\^(.*)\$$/s.exec(pattern) ?? []) : [];
  if (inner !== undefined) return { ...schema, pattern: `^${blank}*(?:${inner})${blank}*$` };
  if (!Array.isArray(words)) return schema;
  // Words remain a list, which editors offer.
  return { anyOf: [schema, { pattern: `^${blank}*(?:${words.join('|')})${blank}*$` }] };
}

/** The same, with blanks around it that do not count. Other white space does. */
export function trimmed<T>(type: ValueType<T>): ValueType<T> {
  const schema = padded(type.schema, ' ');
  return { ...type, schema, parse: value => type.parse(value.replace(/^ +| +$/g, '')) };
}

/** The same, with white space around it that does not count, line ends included. */
export function stripped<T>(type: ValueType<T>): ValueType<T> {
  return { ...type, schema: padded(type.schema, String.raw`\s`), parse: value => type.parse(value.trim()) };
}

/** A list of what a pattern describes. Nothing is said of items that may hold a comma: an editor could try for ever. */
function listSchema({ pattern }: ValueType<unknown>['schema']): ValueType<unknown>['schema'] {
  const [, item] = typeof pattern === 'string' ? (/^\^((?:\{\d+,\d*\}|[^,|^])*)\$$/.exec(pattern) ?? []) : [];
  if (item === undefined) return {};
  return { pattern: String.raw`^\s*(?:${item})?\s*(?:,\s*(?:${item})?\s*)*$` };
}

/** Values between commas; blanks around them and empty ones do not count. */
export function listOf<T>(item: ValueType<T>): ValueType<readonly T[]> {
  return {
    name: `list of ${item.name}, separated by commas`,
    schema: listSchema(item.schema),
    separator: ',',
    parse(value) {
      const items: T[] = [];
      for (const part of value.split(',')) {
        const word = part.trim();
        if (word === '') continue;
        const parsed = item.parse(word);
        if (!parsed.ok) {
          const { problem, help } = parsed;
          return { ok: false, problem: `has "${word}", which ${problem}`, ...(help === undefined ? {} : { help }) };
        }
        items.push(parsed.value);
      }
      return { ok: true, value: items };
    },
  };
}
