/** What has been read of a regular expression. */
export interface RegexReader {
  readonly source: string;
  position: number;
  groups: number;
  /** The highest group that a back reference names. */
  highestReference: number;
  /** The numbers of the groups that have a name. */
  readonly names: Map<string, number>;
  /** What stands in the place of names. */
  readonly edits: Edit[];
}

/** A part of the source, and the text for it. */
interface Edit {
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

/** Thrown while an expression is read, and caught by `problemOfRegex`. */
export class RegexProblem extends Error {}

/** What a sticky pattern finds at the position, which then is behind it. */
export function take(pattern: RegExp, reader: RegexReader): RegExpExecArray | null {
  pattern.lastIndex = reader.position;
  const found = pattern.exec(reader.source);
  if (found !== null) reader.position = pattern.lastIndex;
  return found;
}

/** A reference by name, from `begin` to the position. */
export function refer(name: string, begin: number, reader: RegexReader): void {
  const group = reader.names.get(name);
  if (group === undefined) throw new RegexProblem(`there is no group ${JSON.stringify(name)} before it`);
  reader.edits.push({ begin, end: reader.position, text: `\\g{${group}}` });
}

/** `[:name:]`, `[.name.]` or `[=name=]` as PCRE finds their end: a `]`, or another begin, ends the search. */
const NAMED_SET = /\[([:.=])((?:\\[\]\\]|(?!\[\1|\]|\1\])[^])*)\1\]/y;
const SET_NAMES = /^\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit)$/;

/** Reads `[:alpha:]` and the like, which only a class may hold; false if the position is not at one. */
export function takeNamedSet(reader: RegexReader): boolean {
  const found = take(NAMED_SET, reader);
  if (found === null) return false;
  const [text, mark, name = ''] = found;
  if (mark === ':' && SET_NAMES.test(name)) return true;
  throw new RegexProblem(`it has an unknown class "${text.slice(0, 40)}"`);
}
