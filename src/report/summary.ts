import type { Severity } from '../diagnostics/rule.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import { many } from '../diagnostics/words.ts';
import type { RunCounts } from '../jobs/counts.ts';

/** What people read: the words that gcc uses, which editors know. */
export const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Readonly<
  Record<Severity, string>
>;

/** Findings that are not reported, by the reason. */
export interface NotReported {
  readonly suppressed?: number;
  readonly inBaseline?: number;
  readonly unchanged?: number;
}

type FoundCounts = SeverityCounts & NotReported;

/** `42 Ingresses (118 objects) in 17 files: 3 errors, 7 warnings, 2 notes, 1 suppressed (0.21 s)` */
export function summaryLine(counts: RunCounts, found: FoundCounts, seconds: number): string {
  return `${many(counts.ingresses, 'Ingress', 'Ingresses')} (${many(counts.objects, 'object')}) in ${many(counts.files, 'file')}: ${foundText(found)} (${seconds.toFixed(2)} s)`;
}

/** `3 errors, 7 warnings, 2 notes, 1 suppressed` */
export function foundText(found: FoundCounts): string {
  const reported = [
    ...counted(found.error, 'error'),
    ...counted(found.warning, 'warning'),
    ...counted(found.info, 'note'),
  ];
  const { suppressed = 0, inBaseline = 0, unchanged = 0 } = found;
  const hidden = [
    ...(suppressed === 0 ? [] : [`${suppressed} suppressed`]),
    ...(inBaseline === 0 ? [] : [`${inBaseline} in the baseline`]),
    ...(unchanged === 0 ? [] : [`${unchanged} not of this change`]),
  ];
  return [...(reported.length === 0 ? ['no findings'] : reported), ...hidden].join(', ');
}

function counted(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : [many(count, noun)];
}
