import type { ChalkInstance } from 'chalk';

import type { RouteRow } from '../answers/routes.ts';
import { targetText } from './route-target.ts';
import { tlsText } from './route-tls.ts';
import { visible } from '../diagnostics/visible.ts';
import { visibleJson } from './plain-text.ts';
import { tableText, tableWidth } from './table-text.ts';
import { wordsOf, wrapText, wrapTokens } from './wrap.ts';

const HEADINGS = ['HOST', 'MATCH', 'PATH', 'TARGET', 'TLS', 'POLICIES', 'INGRESS'] as const;

/**
 * A table for people; a terminal that is too narrow for it gets a few lines for each route. Ends in a newline; only its
 * heading when there is no route.
 *
 * @param columns of the terminal; undefined where there is none
 */
export function routesTable(rows: readonly RouteRow[], style: ChalkInstance, columns?: number): string {
  const cells = rows.map(cellsOf);
  const isTooWide = columns !== undefined && tableWidth(HEADINGS, cells) > columns;
  return isTooWide ? stacked(cells, style, columns) : tableText(HEADINGS, cells, style);
}

function stacked(cells: readonly (readonly string[])[], style: ChalkInstance, columns: number): string {
  const routes = cells.map(([host = '', match = '', path = '', target = '', ...others]) => {
    const head = [
      { gap: '', text: host, shown: style.bold(host) },
      ...wordsOf(match, '  '),
      { gap: '  ', text: path, shown: style.bold(path) },
    ];
    const rest = HEADINGS.slice(4).map((heading, index) => `${heading.toLowerCase()}: ${others[index] ?? ''}`);
    const lines = [`-> ${target}`, rest.join('  ')].map(line => wrapText(line, columns - 4, '  '));
    const below = lines.flatMap(text => text.split('\n')).map(line => `    ${line}`);
    return [...wrapTokens(head, columns, '  '), ...below].join('\n');
  });
  return `${routes.join('\n')}\n`;
}

/** For programs: docs/schemas/routes.json describes it. */
export function routesJson(rows: readonly RouteRow[]): string {
  return `${visibleJson({ formatVersion: 1, routes: rows })}\n`;
}

function cellsOf(row: RouteRow): readonly string[] {
  const target = targetText(row);
  const policies = row.policies.length === 0 ? '-' : row.policies.join(',');
  const ingress = row.ingress?.replace(/^Ingress /, '') ?? '-';
  const host = row.host === '_' ? '(any other)' : row.host;
  return [host, row.match, row.path, target, tlsText(row), policies, ingress].map(visible);
}
