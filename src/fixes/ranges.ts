import type { Fix } from '../diagnostics/fix.ts';
import type { Origin } from '../diagnostics/place.ts';
import type { Document } from '../manifests/document.ts';
import { places } from '../manifests/lines.ts';
import { inOrder } from './changes.ts';
import { planner } from './plan.ts';
import type { MeantText } from './in-place.ts';

/** A part of a file that gets another text; an empty part is where the text is added. */
export interface FixRange {
  readonly at: Origin;
  readonly text: string;
}

/**
 * Finds what a fix would change in its file, in order; undefined where it is not made. Only the last document is kept
 * parsed, so whoever asks for many fixes asks for those of one document one after the other.
 */
export function fixRanges(
  documents: readonly Document[],
  meantText: MeantText = () => undefined,
): (fix: Fix) => readonly FixRange[] | undefined {
  const plan = planner({ documents }, meantText);
  const toOrigin = places();
  return fix => {
    const planned = plan(fix);
    if ('refused' in planned) return undefined;
    const { source } = planned.holder;
    return inOrder(planned.changes).map(({ start, end, text }) => {
      const { file, line, column, endLine, endColumn } = toOrigin(source, { start, end, isSecret: true });
      const isEnded = endLine !== undefined && endColumn !== undefined;
      return { at: { file, line, column, ...(isEnded ? { endLine, endColumn } : {}) }, text };
    });
  };
}
