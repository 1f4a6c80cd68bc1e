import type { Severity } from '../diagnostics/rule.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import { many } from '../diagnostics/words.ts';
import type { RunCounts } from '../jobs/counts.ts';

/** What people read: the words that gcc uses, which editors know. */
export const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Readonly<
  Record<Severity, string>
>;

/** `42 Ingresses (118 objects) in 17 files: 3 errors, 7 warnings, 2 notes (0.21 s)` */
export function summaryLine(counts: RunCounts, severities: SeverityCounts, seconds: number): string {
  const found = [
    ...counted(severities.error, 'error'),
    ...counted(severities.warning, 'warning'),
    ...counted(severities.info, 'note'),
  ];
  const verdict = found.length === 0 ? 'no findings' : found.join(', ');
  return `${many(counts.ingresses, 'Ingress', 'Ingresses')} (${many(counts.objects, 'object')}) in ${many(counts.files, 'file')}: ${verdict} (${seconds.toFixed(2)} s)`;
}

function counted(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : [many(count, noun)];
}
