import type { ChalkInstance } from 'chalk';

import type { RouteRow } from '../answers/routes.ts';
import { visible } from '../diagnostics/visible.ts';
import { columnsOf, visibleJson } from './plain-text.ts';

const HEADINGS = ['HOST', 'MATCH', 'PATH', 'TARGET', 'TLS', 'POLICIES', 'INGRESS'] as const;

/** A table for people. Ends in a newline; only its heading when there is no route. */
export function routesTable(rows: readonly RouteRow[], style: ChalkInstance): string {
  const cells = rows.map(cellsOf);
  const widths = HEADINGS.map((heading, column) => widest(cells, column, heading.length));
  const lines = [HEADINGS.map(heading => style.bold(heading)), ...cells].map((row, index) => {
    const plain = index === 0 ? HEADINGS : row;
    const padded = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columnsOf(plain[column] ?? '')));
    return padded.join('  ').trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

/** For programs: docs/schemas/routes.json describes it. */
export function routesJson(rows: readonly RouteRow[]): string {
  return `${visibleJson({ formatVersion: 1, routes: rows })}\n`;
}

function cellsOf(row: RouteRow): readonly string[] {
  const target = row.target.kind === 'upstream' ? row.target.name : `${row.target.code} (${row.target.reason})`;
  const tls = row.tls.kind === 'certificate' ? row.tls.id : row.tls.kind;
  const policies = row.policies.length === 0 ? '-' : row.policies.join(',');
  const ingress = row.ingress?.replace(/^Ingress /, '') ?? '-';
  const host = row.host === '_' ? '(any other)' : row.host;
  return [host, row.match, row.path, target, tls, policies, ingress].map(visible);
}

function widest(cells: readonly (readonly string[])[], column: number, least: number): number {
  return cells.reduce((width, row) => Math.max(width, columnsOf(row[column] ?? '')), least);
}
