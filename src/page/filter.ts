import type { RouteRecord } from './records.ts';

/** What is looked for; an empty text is anything. */
export interface Wanted {
  /** Words that all must be somewhere. */
  readonly search: string;
  readonly namespace: string;
  readonly policy: string;
  readonly tls: string;
  readonly answer: string;
  readonly onlyWithFindings: boolean;
}

export const ANYTHING: Wanted = {
  search: '',
  namespace: '',
  policy: '',
  tls: '',
  answer: '',
  onlyWithFindings: false,
};

export function filterRecords(records: readonly RouteRecord[], wanted: Wanted): readonly RouteRecord[] {
  const words = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  return records.filter(record => isWanted(record, wanted) && words.every(word => record.text.includes(word)));
}

function isWanted(record: RouteRecord, { namespace, policy, tls, answer, onlyWithFindings }: Wanted): boolean {
  return (
    (namespace === '' || record.namespaces.includes(namespace)) &&
    (policy === '' || record.policies.includes(policy)) &&
    (tls === '' || record.tls === tls) &&
    (answer === '' || record.answers.includes(answer)) &&
    (!onlyWithFindings || record.findings.length > 0)
  );
}

/** What one can choose from, each with the number of paths that have it; sorted by name. */
export function choicesOf(
  records: readonly RouteRecord[],
  valuesOf: (record: RouteRecord) => readonly string[],
): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const record of records) for (const value of valuesOf(record)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
