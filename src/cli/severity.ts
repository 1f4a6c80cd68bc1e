import type { Severity } from '../diagnostics/rule.ts';
import type { Threshold } from '../jobs/hold.ts';

/** The severities that fail a run, by what `--fail-on` says. */
const FAILING = {
  never: [],
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
} as const satisfies Readonly<Record<Threshold, readonly Severity[]>>;

/** Whether a finding fails the run. */
export function isAt(severity: Severity, threshold: Threshold): boolean {
  return FAILING[threshold].some(each => each === severity);
}
