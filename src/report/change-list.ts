import type { ChalkInstance } from 'chalk';

import type { Risk } from '../answers/diff/kinds.ts';
import { visibleJson } from './plain-text.ts';
import { tableText } from './table-text.ts';

interface ListedChange {
  readonly name: string;
  readonly risk: Risk;
  readonly summary: string;
}

/** The names of changes, for people. Ends in a newline. */
export function changesTable(changes: readonly ListedChange[], style: ChalkInstance): string {
  const rows = changes.map(({ name, risk, summary }) => [name, risk, summary]);
  return tableText(['CHANGE', 'RISK', 'MEANING'], rows, style);
}

/** For programs. */
export function changesJson(changes: readonly ListedChange[]): string {
  return `${visibleJson({ formatVersion: 1, changes })}\n`;
}
