import type { ListedRoute } from '../answers/listed-routes.ts';
import { ALL_COLUMNS, cellsOf } from './route-columns.ts';

/** Comma-separated values as RFC 4180 has them, with a heading; lines end in CRLF. */
export function routesCsv(routes: readonly ListedRoute[]): string {
  const heading = ALL_COLUMNS.map(column => column.heading.replace(' ', '_'));
  const lines = [heading, ...routes.map(route => cellsOf(route, ALL_COLUMNS))];
  return lines.map(cells => `${cells.map(fieldOf).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins so for a formula, quoted or not: an apostrophe before it makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

function fieldOf(cell: string): string {
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
