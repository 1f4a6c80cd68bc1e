/**
 * A text that a PCRE may fit, as simple as can be: whoever wants to be sure asks nginx's way of matching. Undefined where
 * the expression is beyond this.
 *
 * @param repeats how often what may come any number of times does
 */
export function expressionSample(pattern: string, repeats: 0 | 1): string | undefined {
  const reader: Reader = { pattern, at: 0, repeats };
  const text = alternatives(reader);
  return text === undefined || reader.at < pattern.length ? undefined : text;
}

interface Reader {
  readonly pattern: string;
  at: number;
  readonly repeats: 0 | 1;
}

/** The first one; the others are only read. */
function alternatives(reader: Reader): string | undefined {
  const first = sequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at++;
    if (sequence(reader) === undefined) return undefined;
  }
  return first;
}

function sequence(reader: Reader): string | undefined {
  let text = '';
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const one = atom(reader);
    if (one === undefined) return undefined;
    text += one.repeat(count(reader));
  }
  return text;
}

function atom(reader: Reader): string | undefined {
  const { pattern } = reader;
  const char = pattern[reader.at++] ?? '';
  switch (char) {
    case '^':
    case '$':
      return '';
    case '.':
      return 'x';
    case '\\':
      return escaped(pattern[reader.at++] ?? '');
    case '[':
      return classOf(reader);
    case '(':
      return group(reader);
    default:
      return char;
  }
}

const CLASSES: ReadonlyMap<string, string> = new Map([
  ['d', '1'],
  ['D', 'x'],
  ['w', 'x'],
  ['W', '-'],
  ['S', 'x'],
  ['s', ' '],
  ['b', ''],
  ['A', ''],
  ['z', ''],
  ['Z', ''],
]);

function escaped(letter: string): string | undefined {
  return CLASSES.get(letter) ?? (/[A-Za-z0-9]/.test(letter) || letter === '' ? undefined : letter);
}

function group(reader: Reader): string | undefined {
  const rest = reader.pattern.slice(reader.at);
  const [, flags] = /^\?([a-z]*)\)/.exec(rest) ?? [];
  if (flags !== undefined) {
    reader.at += flags.length + 2;
    return '';
  }
  const [head = ''] = /^\?(?::|P?<\w+>|>|[a-z]+:)/.exec(rest) ?? [];
  if (head === '' && rest.startsWith('?')) return outside(reader);
  reader.at += head.length;
  const text = alternatives(reader);
  return reader.pattern[reader.at++] === ')' ? text : undefined;
}

/** What must not follow is read, and hoped not to come. */
function outside(reader: Reader): string | undefined {
  const [head] = /^\?<?!/.exec(reader.pattern.slice(reader.at)) ?? [];
  if (head === undefined) return undefined;
  reader.at += head.length;
  if (alternatives(reader) === undefined) return undefined;
  return reader.pattern[reader.at++] === ')' ? '' : undefined;
}

const LIKELY = 'x1/-_.aA0 ';

function classOf(reader: Reader): string | undefined {
  const rest = reader.pattern.slice(reader.at);
  const [whole, inside] = /^(\^?\]?(?:\\.|[^\]\\])*)\]/s.exec(rest) ?? [];
  if (whole === undefined || inside === undefined) return undefined;
  reader.at += whole.length;
  try {
    const fits = new RegExp(`^[${inside.replaceAll('[', String.raw`\[`)}]$`);
    return Array.from(LIKELY + inside).find(char => fits.test(char));
  } catch {
    return undefined; // a class of another kind of expressions
  }
}

/** How often what stands before a quantifier comes. */
function count(reader: Reader): number {
  const rest = reader.pattern.slice(reader.at);
  const [whole, sign, least] = /^([*+?]|\{(\d+)(?:,\d*)?\})[+?]?/.exec(rest) ?? [];
  if (whole === undefined) return 1;
  reader.at += whole.length;
  if (least !== undefined) return Math.min(Number(least), 100);
  return sign === '+' ? 1 : reader.repeats;
}
