import type { ChalkInstance } from 'chalk';

import type { Located } from '../diagnostics/located.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import { listed } from '../diagnostics/words.ts';
import { readable } from '../diagnostics/visible.ts';
import { objectPrefix } from './object-text.ts';
import { placeText } from './pretty.ts';
import { SEVERITY_WORDS, foundText } from './summary.ts';

/** A finding that is gone, in a line: no program takes it for one that is there. */
export function resolvedLine(found: Located, style: ChalkInstance): string {
  const place = found.at === undefined ? '' : `${placeText(found.at)}  `;
  const { id, name } = found.rule;
  const what = `${SEVERITY_WORDS[found.severity]}  ${id} ${name}  ${objectPrefix(found)}${found.message}`;
  return `${style.green('resolved')}  ${readable(place + what)}\n`;
}

/** What a lint came to that was not the first one. */
export interface LintChange {
  /** What was changed: `k8s/shop.yaml changed` */
  readonly causes: readonly string[];
  readonly fresh: number;
  readonly gone: number;
  /** Of all findings that there are now. */
  readonly severities: SeverityCounts;
  readonly durationMs: number;
}

/** `k8s/shop.yaml changed: 1 new, 2 resolved; 3 errors, 1 warning (0.05 s)` */
export function changeLine({ causes, fresh, gone, severities, durationMs }: LintChange): string {
  const changes = [...(fresh === 0 ? [] : [`${fresh} new`]), ...(gone === 0 ? [] : [`${gone} resolved`])];
  const what = changes.length === 0 ? 'no change' : changes.join(', ');
  const seconds = (durationMs / 1_000).toFixed(2);
  return `${readable(listed(causes, 1))}: ${what}; ${foundText(severities)} (${seconds} s)`;
}
