/** A word of a snippet, without the quotes and escapes that nginx takes away. */
export interface Word {
  readonly text: string;
  /** Where it begins in the snippet. */
  readonly offset: number;
}

/** What is wrong with a place of a snippet. `message` names what stands there. */
export interface Problem {
  readonly offset: number;
  readonly message: string;
  readonly help?: string;
}

/** What ends a directive or a block, or begins a block. */
export interface Mark {
  readonly mark: ';' | '{' | '}';
  readonly offset: number;
}

export type Token = Word | Mark;

/** Blanks of nginx; other white space is text. */
const BLANK = /[ \t\r\n]/;
const ENDS_WORD = /[ \t\r\n;{]/;
const ESCAPE = /\\(["'\\trn])/g;
const ESCAPED: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

/** A place at which nginx would stop reading. */
export class LexicalProblem extends Error {
  readonly problem: Problem;

  constructor(offset: number, message: string, help: string) {
    super(message);
    this.problem = { offset, message, help };
  }
}

/**
 * Cuts a snippet into the tokens that nginx would read. Throws a LexicalProblem where nginx would stop.
 * Source: nginx 1.28, src/core/ngx_conf_file.c, ngx_conf_read_token.
 */
export function* tokensOf(source: string): Generator<Token, void> {
  let position = 0;
  while (position < source.length) {
    const char = source.charAt(position);
    if (BLANK.test(char)) {
      position += 1;
    } else if (char === '#') {
      const end = source.indexOf('\n', position);
      position = end === -1 ? source.length : end;
    } else if (char === ';' || char === '{' || char === '}') {
      yield { mark: char, offset: position };
      position += 1;
    } else {
      const end = char === '"' || char === "'" ? endOfQuoted(source, position) : endOfBare(source, position);
      const isQuoted = char === '"' || char === "'";
      const text = isQuoted ? source.slice(position + 1, end - 1) : source.slice(position, end);
      yield { text: unescaped(text), offset: position };
      position = end;
    }
  }
}

/** Behind the closing quote. What may follow is a blank, the end of the directive, a block, or a parenthesis. */
function endOfQuoted(source: string, begin: number): number {
  const quote = source.charAt(begin);
  let position = begin + 1;
  while (position < source.length && source.charAt(position) !== quote) {
    position += source.charAt(position) === '\\' ? 2 : 1;
  }
  if (position >= source.length) {
    throw new LexicalProblem(begin, `the quote ${quote} is never closed`, `write ${quote} at its end`);
  }
  const next = source.charAt(position + 1);
  if (next !== '' && !BLANK.test(next) && !';{)'.includes(next)) {
    throw new LexicalProblem(position + 1, `"${next}" follows a closing quote`, 'write a blank between them');
  }
  return position + 1;
}

/** Quotes and `#` count at the begin of a word only; a brace behind a dollar belongs to it. */
function endOfBare(source: string, begin: number): number {
  let position = begin;
  let isBehindDollar = false;
  while (position < source.length) {
    const char = source.charAt(position);
    if (char === '{' && isBehindDollar) {
      position += 1;
      continue;
    }
    if (position > begin && ENDS_WORD.test(char)) return position;
    isBehindDollar = char === '$';
    position += char === '\\' ? 2 : 1;
  }
  if (position > source.length) {
    throw new LexicalProblem(source.length - 1, 'a backslash is the last character', 'remove it');
  }
  return position;
}

function unescaped(text: string): string {
  return text.replaceAll(ESCAPE, (_, char: string) => ESCAPED[char] ?? char);
}
