import { LexicalProblem, tokensOf } from './lexer.ts';

import type { Problem, Token, Word } from './lexer.ts';

/** A directive as nginx reads it: its words, of which the first is the name, and what stands in its block. */
export interface Directive {
  readonly name: Word;
  readonly args: readonly Word[];
  /** Missing for one that ends with a semicolon. */
  readonly body?: readonly Directive[];
}

export type ParsedSnippet =
  | { readonly ok: true; readonly directives: readonly Directive[] }
  | { readonly ok: false; readonly problem: Problem };

/** Blocks within blocks; nobody needs half as many. */
const DEEPEST = 16;
/** Characters that no directive has; tabs and line ends are blanks. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Reads a snippet, which must be complete: nothing in it may change what stands around it. */
export function parseSnippet(source: string): ParsedSnippet {
  const control = CONTROL.exec(source);
  if (control !== null) {
    const message = `there is a control character (code ${control[0].charCodeAt(0)})`;
    return { ok: false, problem: { offset: control.index, message, help: 'remove it' } };
  }
  try {
    const tokens = [...tokensOf(source)];
    const { directives } = readBlock({ tokens, position: 0 }, undefined, 0);
    return { ok: true, directives };
  } catch (error) {
    if (error instanceof LexicalProblem) return { ok: false, problem: error.problem };
    throw error;
  }
}

interface Reading {
  readonly tokens: readonly Token[];
  position: number;
}

/** @param opened where the block begins; undefined for the snippet as a whole */
function readBlock(
  reading: Reading,
  opened: number | undefined,
  depth: number,
): { readonly directives: readonly Directive[] } {
  if (depth > DEEPEST) throw new LexicalProblem(opened ?? 0, 'there are too many blocks in each other', 'write fewer');
  const directives: Directive[] = [];
  for (;;) {
    const token = reading.tokens[reading.position];
    if (token === undefined) {
      if (opened === undefined) return { directives };
      throw new LexicalProblem(opened, 'the block that begins here is never closed', 'write "}" at its end');
    }
    if ('mark' in token && token.mark === '}') {
      if (opened === undefined) throw new LexicalProblem(token.offset, '"}" closes no block', 'remove it');
      reading.position += 1;
      return { directives };
    }
    directives.push(readDirective(reading, depth));
  }
}

function readDirective(reading: Reading, depth: number): Directive {
  const words: Word[] = [];
  for (;;) {
    const token = reading.tokens[reading.position];
    const [name, ...args] = words;
    if (token === undefined) {
      const from = name ?? { offset: 0, text: '' };
      throw new LexicalProblem(from.offset, `"${from.text}" has no end`, 'write ";" behind it');
    }
    reading.position += 1;
    if (!('mark' in token)) {
      words.push(token);
      continue;
    }
    if (name === undefined) throw new LexicalProblem(token.offset, `"${token.mark}" follows no directive`, 'remove it');
    switch (token.mark) {
      case ';':
        return { name, args };
      case '{':
        return { name, args, body: readBlock(reading, token.offset, depth + 1).directives };
      case '}':
        throw new LexicalProblem(name.offset, `"${name.text}" has no end`, 'write ";" behind it');
    }
  }
}

/** Line and column of a place of a snippet, both from 1. */
export function placeIn(source: string, offset: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
