import type { Severity } from './rule.ts';

export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countSeverities(findings: readonly { readonly severity: Severity }[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Whether something is wrong, and not merely doubtful. */
export function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'error';
}
