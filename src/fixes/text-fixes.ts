import type { Fix, FixEffect } from '../diagnostics/fix.ts';
import type { Document } from '../manifests/document.ts';
import type { MeantText } from './in-place.ts';
import type { FixRange } from './ranges.ts';
import { fixRanges } from './ranges.ts';

/** A fix as text that takes the place of other text. */
export interface TextFix {
  readonly title: string;
  readonly effect: FixEffect;
  readonly edits: readonly FixRange[];
}

/** Says what the fix of a finding changes; undefined where it has none that can be made. */
export function textFixes(
  documents: readonly Document[],
  meantText?: MeantText,
): (found: { readonly fix?: Fix }) => TextFix | undefined {
  let rangesOf: ReturnType<typeof fixRanges> | undefined;
  return ({ fix }) => {
    if (fix === undefined) return undefined;
    rangesOf ??= fixRanges(documents, meantText);
    const edits = rangesOf(fix);
    return edits === undefined ? undefined : { title: fix.title, effect: fix.effect, edits };
  };
}
