import type { ChalkInstance } from 'chalk';

import type { ListedRoute } from '../answers/listed-routes.ts';
import { visibleJson } from './plain-text.ts';
import type { RouteColumn } from './route-columns.ts';
import { cellsOf } from './route-columns.ts';
import { tableText, tableWidth } from './table-text.ts';
import { wordsOf, wrapText, wrapTokens } from './wrap.ts';

/** How a table of routes is shown. */
export interface RoutesLayout {
  readonly shown: readonly RouteColumn[];
  readonly style: ChalkInstance;
  /** Of the terminal; undefined where there is none. */
  readonly columns?: number | undefined;
}

/**
 * A table for people; a terminal that is too narrow for it gets a few lines for each route. Ends in a newline; only its
 * heading when there is no route.
 */
export function routesTable(routes: readonly ListedRoute[], { shown, style, columns }: RoutesLayout): string {
  const headings = shown.map(({ heading }) => heading.toUpperCase());
  const rows = routes.map(route => cellsOf(route, shown).map(cell => (cell === '' ? '-' : cell)));
  const isTooWide = columns !== undefined && tableWidth(headings, rows) > columns;
  if (!isTooWide) return tableText(headings, rows, style);
  const texts = routes.map(route => stacked(route, shown, { style, columns }));
  return `${texts.join('\n')}\n`;
}

/** Columns that stand in the first lines of a route, without their names. */
const HEAD = ['host', 'match', 'path', 'target'];

function stacked(
  route: ListedRoute,
  shown: readonly RouteColumn[],
  { style, columns }: { readonly style: ChalkInstance; readonly columns: number },
): string {
  const cells = new Map(shown.map(column => [column.heading, cellsOf(route, [column]).join('')]));
  const [host = '', match = '', path = '', target = ''] = HEAD.map(heading => cells.get(heading));
  const head = [
    { gap: '', text: host, shown: style.bold(host) },
    ...wordsOf(match, '  '),
    { gap: '  ', text: path, shown: style.bold(path) },
  ];
  const rest = [...cells].flatMap(([heading, cell]) =>
    HEAD.includes(heading) ? [] : [`${heading}: ${cell === '' ? '-' : cell}`],
  );
  const lines = [`-> ${target}`, rest.join('  ')].map(line => wrapText(line, columns - 4, '  '));
  const below = lines.flatMap(text => text.split('\n')).map(line => `    ${line}`);
  return [...wrapTokens(head, columns, '  '), ...below].join('\n');
}

/** For programs: docs/schemas/routes.json describes it. */
export function routesJson(routes: readonly ListedRoute[]): string {
  // Its Ingress says the same.
  const shown = routes.map(route => ({ ...route, namespaces: undefined }));
  return `${visibleJson({ formatVersion: 1, routes: shown })}\n`;
}
