import type { ChalkInstance } from 'chalk';

import { readable } from '../diagnostics/visible.ts';
import type { TextLayout } from './names-text.ts';
import { wrapText } from './wrap.ts';

/**
 * A page of a rule, which is Markdown, for a terminal: bold headings, indented examples, paragraphs as wide as there is
 * room for. Ends in a newline.
 */
export function pageText(page: string, { style, columns }: TextLayout): string {
  const blocks = [...page.matchAll(/^```\w*\n([^]*?)^```$|^(.+(?:\n(?!```).+)*)/gm)];
  const texts = blocks.map(([, example, paragraph = '']) =>
    example === undefined ? paragraphText(paragraph, style, columns) : indented(example, style),
  );
  return `${texts.join('\n\n')}\n`;
}

function paragraphText(paragraph: string, style: ChalkInstance, columns: number | undefined): string {
  const [, marks, title] = /^(#+) (.*)$/.exec(paragraph) ?? [];
  if (marks !== undefined && title !== undefined) return style.bold(title);
  // Of a link, the text is left; code is what stands in backquotes.
  return wrapText(paragraph.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('\n', ' '), columns, '');
}

function indented(example: string, style: ChalkInstance): string {
  const lines = example.trimEnd().split('\n').map(readable);
  return lines.map(line => (line === '' ? '' : `    ${line.startsWith('#') ? style.dim(line) : line}`)).join('\n');
}
