import { RISKS } from '../answers/diff/kinds.ts';
import type { PlacedDiff } from '../answers/diff/placed.ts';
import { visibleJson } from './plain-text.ts';

/** For programs: docs/schemas/diff.json describes it. */
export function diffJson({ old, new: now, changes, notes, counts }: PlacedDiff): string {
  const risks = Object.fromEntries(
    RISKS.map(risk => [risk, changes.filter(change => change.risk === risk).length] as const),
  );
  return `${visibleJson({ formatVersion: 1, old, new: now, risks, counts, changes, notes })}\n`;
}
