import type { Span } from './cut.ts';
import { MAX_DEPTH, Refusal } from './events.ts';
import { brokenJson, nestingTooDeep } from './rules/syntax.ts';

/*
 * Finds places in JSON without building anything. JSON.parse is far quicker but says nothing about positions, and its
 * messages quote the text, which may be secret.
 */

const PRIMITIVE = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/y;
const STRING = /"[ !#-[\]-\uFFFF]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uFFFF]*)*"/y;
const SPACE = /[ \t\r\n]*/y;

/** One entry of an object (with its key) or a list. */
export interface JsonEntry {
  readonly key?: Span;
  readonly name: string | number;
  readonly value: number;
}

/** The offset behind white space. */
export function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** The offset behind the value that begins at `at`; throws a Refusal where it is not JSON. */
export function skipValue(text: string, at: number, depth = 0): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first !== '{' && first !== '[') {
    PRIMITIVE.lastIndex = at;
    if (PRIMITIVE.test(text)) return PRIMITIVE.lastIndex;
    throw new Refusal(
      brokenJson,
      at >= text.length ? 'the text ends where a value was expected' : 'expected a value',
      at,
    );
  }
  if (depth >= MAX_DEPTH) throw new Refusal(nestingTooDeep, `nested more than ${MAX_DEPTH} levels deep`, at);
  let end = at;
  for (const entry of entriesOf(text, at, depth + 1)) end = entry.end;
  return end;
}

/** The entries of the object or list at `at` by name, of equal keys the last; none for other values. */
export function childrenOf(text: string, at: number): ReadonlyMap<string | number, JsonEntry> {
  const children = new Map<string | number, JsonEntry>();
  if (text[at] !== '{' && text[at] !== '[') return children;
  for (const { entry } of entriesOf(text, at, 0)) if (entry !== undefined) children.set(entry.name, entry);
  return children;
}

/** The quotes included; of an object or a list, its first character. */
export function tokenAt(text: string, at: number): Span {
  const isCollection = text[at] === '{' || text[at] === '[';
  return { start: at, end: isCollection ? at + 1 : skipValue(text, at) };
}

interface Step {
  readonly entry?: JsonEntry;
  /** The offset behind the entry, or, in the last step, behind the closing bracket. */
  readonly end: number;
}

function* entriesOf(text: string, at: number, depth: number): Generator<Step> {
  const isObject = text[at] === '{';
  const close = isObject ? '}' : ']';
  let next = skipSpace(text, at + 1);
  for (let index = 0; text[next] !== close || index > 0; index++) {
    const key = isObject ? { start: next, end: skipString(text, next) } : undefined;
    const value = key === undefined ? next : skipSpace(text, expect(text, skipSpace(text, key.end), ':'));
    const end = skipValue(text, value, depth);
    yield {
      entry: { name: key === undefined ? index : keyName(text, key), value, ...(key === undefined ? {} : { key }) },
      end,
    };
    next = skipSpace(text, end);
    if (text[next] === close) break;
    next = skipSpace(text, expect(text, next, ','));
  }
  yield { end: next + 1 };
}

function keyName(text: string, key: Span): string {
  const raw = text.slice(key.start + 1, key.end - 1);
  return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
}

function expect(text: string, at: number, token: ':' | ','): number {
  if (text[at] === token) return at + 1;
  const where = at >= text.length ? 'the text ends where' : 'there is something else where';
  throw new Refusal(brokenJson, `${where} "${token}" was expected`, at);
}

function skipString(text: string, at: number): number {
  STRING.lastIndex = at;
  if (STRING.test(text)) return STRING.lastIndex;
  if (text[at] !== '"')
    throw new Refusal(
      brokenJson,
      at >= text.length ? 'the text ends too early' : 'expected a key in double quotes',
      at,
    );
  throw new Refusal(brokenJson, 'a string that is not closed, or has a line end or an invalid escape', at);
}
