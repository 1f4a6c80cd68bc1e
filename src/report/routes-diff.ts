import type { ChalkInstance } from 'chalk';

import type { RouteChange, RouteField, RoutesDiff } from '../answers/diff.ts';
import type { RouteRow } from '../answers/routes.ts';
import { targetText } from './route-target.ts';
import { tlsText } from './route-tls.ts';
import { visible } from '../diagnostics/visible.ts';

/** A line for each route that comes, goes or changes. Ends in a newline unless empty. */
export function routesDiffText({ added, removed, changed }: RoutesDiff, style: ChalkInstance): string {
  const lines = [
    ...removed.map(row => style.red(`- ${routeText(row)} -> ${valueText(row, 'target')}${ofIngress(row)}`)),
    ...added.map(row => style.green(`+ ${routeText(row)} -> ${valueText(row, 'target')}${ofIngress(row)}`)),
    ...changed.map(change =>
      style.yellow(`~ ${routeText(change.after)}: ${change.fields.map(field => fieldText(change, field)).join('; ')}`),
    ),
  ];
  return lines.map(line => `${line}\n`).join('');
}

function routeText({ host, match, path }: RouteRow): string {
  return visible(`${host === '_' ? '(any other)' : host} ${match} ${path}`);
}

function ofIngress({ ingress }: RouteRow): string {
  return ingress === undefined ? '' : ` (${visible(ingress)})`;
}

function fieldText({ before, after }: RouteChange, field: RouteField): string {
  return `${field} ${valueText(before, field)} -> ${valueText(after, field)}`;
}

function valueText(row: RouteRow, field: RouteField): string {
  switch (field) {
    case 'target':
      return visible(targetText(row));
    case 'tls':
      return visible(tlsText(row));
    case 'policies':
      return row.policies.length === 0 ? 'none' : row.policies.join(',');
    case 'ingress':
      return visible(row.ingress ?? 'none');
  }
}
