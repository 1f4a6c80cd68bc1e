import type { ChalkInstance } from 'chalk';

import type { RouteRow } from '../answers/routes.ts';
import { visible } from '../diagnostics/visible.ts';
import { visibleJson } from './plain-text.ts';
import { tableText } from './table-text.ts';

const HEADINGS = ['HOST', 'MATCH', 'PATH', 'TARGET', 'TLS', 'POLICIES', 'INGRESS'] as const;

/** A table for people. Ends in a newline; only its heading when there is no route. */
export function routesTable(rows: readonly RouteRow[], style: ChalkInstance): string {
  return tableText(HEADINGS, rows.map(cellsOf), style);
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
