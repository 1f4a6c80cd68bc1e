/** How freely an example is made: which alternative is taken, and how often something is repeated that need not be. */
interface Manner {
  readonly alternative: number;
  readonly repeats: boolean;
}

const MANNERS: readonly Manner[] = [
  { alternative: 0, repeats: true },
  { alternative: 0, repeats: false },
  { alternative: 1, repeats: true },
  { alternative: 1, repeats: false },
  { alternative: 2, repeats: true },
];

/** Longer texts are no examples. */
const MOST_REPEATS = 64;
const DEEPEST = 50;

/**
 * Texts that an expression is likely to fit, the nicest first. It is a guess: look-arounds, references and properties
 * are passed over, so that whoever asks has to try them.
 */
export function examplesOf(pattern: string): readonly string[] {
  const texts = MANNERS.map(manner => {
    const reading = { source: pattern, position: 0, depth: 0, manner };
    const text = readAlternatives(reading);
    // A parenthesis too many.
    return reading.position < pattern.length ? undefined : text;
  });
  return [...new Set(texts.filter(text => text !== undefined))];
}

interface Reading {
  readonly source: string;
  position: number;
  depth: number;
  readonly manner: Manner;
}

/** Up to the end, or a parenthesis. */
function readAlternatives(reading: Reading): string {
  const all = [readSequence(reading)];
  while (reading.source[reading.position] === '|') {
    reading.position += 1;
    all.push(readSequence(reading));
  }
  return all[Math.min(reading.manner.alternative, all.length - 1)] ?? '';
}

function readSequence(reading: Reading): string {
  let text = '';
  while (reading.position < reading.source.length && !/[|)]/.test(reading.source[reading.position] ?? '')) {
    const isDot = reading.source[reading.position] === '.';
    const atom = readAtom(reading);
    text += repeated(atom, isDot, reading);
  }
  return text;
}

const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:,\d*)?\})[?+]?/y;

function repeated(atom: string, isDot: boolean, reading: Reading): string {
  QUANTIFIER.lastIndex = reading.position;
  const found = QUANTIFIER.exec(reading.source);
  if (found === null) return atom;
  reading.position += found[0].length;
  const [, sign, least] = found;
  if (least !== undefined) return atom.repeat(Math.min(Number(least), MOST_REPEATS));
  if (sign !== '+' && !reading.manner.repeats) return '';
  return isDot && sign !== '?' ? 'below' : atom;
}

const GROUP = /\((?:\?(?:P?<\w+>|'\w+'|[:>]|[imsxU-]*:))?/y;
const IGNORED = /\(\?(?:<?[=!]|#)/y;
const FLAGS = /\(\?[imsxU-]*\)/y;

function readAtom(reading: Reading): string {
  const { source } = reading;
  const char = source[reading.position] ?? '';
  if (char === '(') return readGroup(reading);
  if (char === '[') return readClass(reading);
  reading.position += char.length;
  if (char === '\\') return readEscape(reading);
  if (char === '^' || char === '$') return '';
  return char === '.' ? 'x' : char;
}

function take(pattern: RegExp, reading: Reading): boolean {
  pattern.lastIndex = reading.position;
  const found = pattern.exec(reading.source);
  reading.position += found?.[0].length ?? 0;
  return found !== null;
}

function readGroup(reading: Reading): string {
  if (take(FLAGS, reading)) return '';
  const isIgnored = take(IGNORED, reading);
  if (!isIgnored) take(GROUP, reading);
  reading.depth += 1;
  const text = reading.depth > DEEPEST ? '' : readAlternatives(reading);
  reading.depth -= 1;
  if (reading.source[reading.position] === ')') reading.position += 1;
  return isIgnored ? '' : text;
}

const CLASSES: Readonly<Record<string, string>> = { d: '1', w: 'a', s: ' ', h: ' ', D: 'a', W: '-', S: 'a', N: 'a' };
const NOTHING = 'bBAzZGKQE';

function readEscape(reading: Reading): string {
  const char = reading.source[reading.position] ?? '';
  reading.position += char.length;
  if (NOTHING.includes(char)) return '';
  return CLASSES[char] ?? char;
}

const CLASS = /\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/y;
const FIRST = /^\[(?:\\(?<escaped>.)|\[:(?<named>\w+):\]|(?<plain>[^\\]))/s;
const NAMED: Readonly<Record<string, string>> = { digit: '1', space: ' ', punct: '-', upper: 'A', blank: ' ' };
const TRIED = ['a', '1', '-', '_', 'A', '.', '~'];

function readClass(reading: Reading): string {
  CLASS.lastIndex = reading.position;
  const found = CLASS.exec(reading.source)?.[0];
  if (found === undefined) {
    reading.position += 1;
    return '[';
  }
  reading.position += found.length;
  if (found.startsWith('[^')) return TRIED.find(each => !found.includes(each) && !isInRange(each, found)) ?? 'x';
  const { escaped, named, plain = 'a' } = FIRST.exec(found)?.groups ?? {};
  if (named !== undefined) return NAMED[named] ?? 'a';
  return escaped === undefined ? plain : (CLASSES[escaped] ?? escaped);
}

/** Whether a letter or digit is one of a range or of a class. */
function isInRange(char: string, text: string): boolean {
  if (/\w/.test(char) && text.includes('\\w')) return true;
  if (/\d/.test(char) && text.includes('\\d')) return true;
  return [...text.matchAll(/(\w)-(\w)/g)].some(([, from = '', to = '']) => char >= from && char <= to);
}
