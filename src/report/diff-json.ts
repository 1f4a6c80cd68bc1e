import { RISKS } from '../answers/diff/kinds.ts';
import type { PlacedDiff, UnreadSides } from '../answers/diff/placed.ts';
import { visibleJson } from './plain-text.ts';

/** For programs: docs/schemas/diff.json describes it. */
export function diffJson({ old, new: now, changes, notes, counts }: PlacedDiff): string {
  const risks = Object.fromEntries(
    RISKS.map(risk => [risk, changes.filter(change => change.risk === risk).length] as const),
  );
  return `${visibleJson({ formatVersion: 1, isCompared: true, old, new: now, risks, counts, changes, notes })}\n`;
}

/** The same form, with nothing in it. */
export function unreadJson({ old, new: now }: UnreadSides): string {
  const risks = Object.fromEntries(RISKS.map(risk => [risk, 0] as const));
  const counts = { before: 0, after: 0, unchanged: 0 };
  return `${visibleJson({ formatVersion: 1, isCompared: false, old, new: now, risks, counts, changes: [], notes: [] })}\n`;
}
