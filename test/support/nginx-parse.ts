/** A directive as nginx sees it: `args` unquoted and unescaped; `block` only where it has braces. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  /** Of its last token, from 1. */
  readonly line: number;
  readonly block?: readonly Directive[];
}

type Token = { readonly kind: 'word'; readonly text: string } | { readonly kind: ';' | '{' | '}' | 'end' };

/**
 * Reads a configuration as nginx's lexer does, and throws where nginx would refuse the text. Comments and `include`
 * are not followed. Held against a real nginx in test/nginx/.
 */
export function parseNginx(text: string): readonly Directive[] {
  const lexer = new Lexer(text);
  const root: Directive[] = [];
  const open: Directive[][] = [root];
  let words: string[] = [];
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    if (token.kind === 'word') {
      words.push(token.text);
      continue;
    }
    if (token.kind === '}') {
      if (words.length > 0) throw new Error(`unexpected "}" in line ${lexer.line}`);
      if (open.length === 1) throw new Error(`"}" too much in line ${lexer.line}`);
      open.pop();
      continue;
    }
    const [name, ...args] = words;
    if (name === undefined) throw new Error(`unexpected "${token.kind}" in line ${lexer.line}`);
    const block: Directive[] = [];
    open.at(-1)?.push({ name, args, line: lexer.line, ...(token.kind === '{' ? { block } : {}) });
    if (token.kind === '{') open.push(block);
    words = [];
  }
  if (open.length > 1 || words.length > 0) throw new Error('unexpected end of file');
  return root;
}

/** All directives, depth first, each with the names of the blocks around it. */
export function* walk(
  directives: readonly Directive[],
  above: readonly string[] = [],
): Generator<Directive & { readonly above: readonly string[] }> {
  for (const directive of directives) {
    yield { ...directive, above };
    if (directive.block !== undefined) yield* walk(directive.block, [...above, directive.name]);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', t: '\t', r: '\r', n: '\n' };
const SPACE = /[ \t\r\n]/;

class Lexer {
  line = 1;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    this.#skipSpaceAndComments();
    const first = this.#text[this.#at];
    if (first === undefined) return { kind: 'end' };
    if (first === ';' || first === '{' || first === '}') {
      this.#at += 1;
      return { kind: first };
    }
    return { kind: 'word', text: first === '"' || first === "'" ? this.#quoted(first) : this.#bare() };
  }

  #skipSpaceAndComments(): void {
    for (; ; this.#step()) {
      if (this.#text[this.#at] === '#')
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
      if (!SPACE.test(this.#text[this.#at] ?? 'x')) return;
    }
  }

  #step(): void {
    if (this.#text[this.#at] === '\n') this.line += 1;
    this.#at += 1;
  }

  #quoted(quote: string): string {
    let raw = '';
    for (this.#step(); this.#text[this.#at] !== quote; this.#step()) {
      if (this.#text[this.#at] === undefined) throw new Error(`no end of the quotes in line ${this.line}`);
      if (this.#text[this.#at] === '\\') {
        raw += '\\';
        this.#step();
      }
      raw += this.#text[this.#at] ?? '';
    }
    this.#step();
    const after = this.#text[this.#at] ?? ' ';
    if (!/[\s;{)]/.test(after)) throw new Error(`unexpected "${after}" in line ${this.line}`);
    return this.#limited(raw, 4094);
  }

  #bare(): string {
    let raw = '';
    for (let char = this.#text[this.#at]; char !== undefined; char = this.#text[this.#at]) {
      if (char === '$' && this.#text[this.#at + 1] === '{') {
        raw += '${';
        this.#at += 2;
        continue;
      }
      if (SPACE.test(char) || char === ';' || char === '{') break;
      if (char === '\\') {
        raw += char;
        this.#step();
      }
      raw += this.#text[this.#at] ?? '';
      this.#step();
    }
    return this.#limited(raw, 4095);
  }

  /** nginx has a buffer of 4096 bytes for a word, with the quote before it. */
  #limited(raw: string, longest: number): string {
    if (Buffer.byteLength(raw) > longest) throw new Error(`too long parameter in line ${this.line}`);
    return raw.replaceAll(/\\(["'\\trn])/g, (_, char: string) => ESCAPES[char] ?? '');
  }
}
