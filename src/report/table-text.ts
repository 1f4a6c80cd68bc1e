import type { ChalkInstance } from 'chalk';

import { columnsOf } from './plain-text.ts';

/** Columns as wide as their widest cell, under bold headings. Ends in a newline; only the headings without rows. */
export function tableText(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  style: ChalkInstance,
): string {
  const widths = widthsOf(headings, rows);
  const lines = [headings.map(heading => style.bold(heading)), ...rows].map((row, index) => {
    const plain = index === 0 ? headings : row;
    const padded = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columnsOf(plain[column] ?? '')));
    return padded.join('  ').trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

/** How many columns the table takes. */
export function tableWidth(headings: readonly string[], rows: readonly (readonly string[])[]): number {
  const widths = widthsOf(headings, rows);
  return widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1));
}

function widthsOf(headings: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return headings.map((heading, column) => widest(rows, column, heading.length));
}

function widest(cells: readonly (readonly string[])[], column: number, least: number): number {
  return cells.reduce((width, row) => Math.max(width, columnsOf(row[column] ?? '')), least);
}
