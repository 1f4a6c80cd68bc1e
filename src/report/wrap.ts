import { columnsOf } from './plain-text.ts';

/** A part of a line that is never broken. */
export interface Token {
  /** What stands before it unless it begins a line. */
  readonly gap: string;
  /** As it is measured. */
  readonly text: string;
  /** As it is shown, with colours; the default is the text. */
  readonly shown?: string;
}

/** The words of a text, with the blanks between them. */
export function wordsOf(text: string, gap = ''): readonly Token[] {
  return [...text.matchAll(/( *)([^ ]+)/g)].map(([, blanks = '', word = ''], index) => ({
    gap: index === 0 ? gap : blanks,
    text: word,
  }));
}

/**
 * Lines of at most so many columns, broken between tokens; those after the first begin with the indent. A token that is
 * longer than a line stays whole: whoever copies a path wants all of it. Undefined: one line of any length.
 */
export function wrapTokens(tokens: readonly Token[], columns: number | undefined, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const { gap, text, shown = text } of tokens) {
    const needed = columnsOf(text);
    const isFirst = line === '';
    if (!isFirst && columns !== undefined && width + gap.length + needed > columns) {
      lines.push(line);
      line = `${indent}${shown}`;
      width = indent.length + needed;
      continue;
    }
    line += isFirst ? shown : `${gap}${shown}`;
    width += (isFirst ? 0 : gap.length) + needed;
  }
  return line === '' ? lines : [...lines, line];
}

/** The same for plain text. */
export function wrapText(text: string, columns: number | undefined, indent = '  '): string {
  return wrapTokens(wordsOf(text), columns, indent).join('\n');
}
