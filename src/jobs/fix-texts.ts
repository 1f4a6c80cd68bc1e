import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { applyFixes } from '../fixes/apply.ts';
import type { RefusedFix } from '../fixes/apply.ts';
import type { Change } from '../fixes/changes.ts';
import { changed } from '../fixes/changes.ts';
import { inOneRound } from '../fixes/pieces.ts';
import type { MeantText } from '../fixes/in-place.ts';
import type { SourceText } from '../input/source.ts';
import type { Document } from '../manifests/document.ts';

/** What is found in texts. */
export interface Look {
  readonly diagnostics: readonly Diagnostic[];
  readonly documents: readonly Document[];
}

export interface FixRequest<L extends Look> {
  readonly sources: readonly SourceText[];
  /** What was found in them. */
  readonly found: L;
  /** Looks at the same texts with changes. */
  readonly look: (sources: readonly SourceText[]) => L | Promise<L>;
  readonly meantText: MeantText;
}

/** A text with fixes. */
export interface FixedText {
  readonly source: SourceText;
  readonly text: string;
  /** What changed, in order; offsets count in the text of the source. */
  readonly changes: readonly Change[];
  /** How many fixes it was. */
  readonly count: number;
}

export interface FixedTexts<L extends Look> {
  readonly fixed: readonly FixedText[];
  /** Fixes of what is still found that are not made. */
  readonly refused: readonly RefusedFix[];
  /** What is found in the texts with fixes. */
  readonly found: L;
}

/**
 * Some fixes bring others to light: what is wrong with an object is only looked for when its kind is right. So few rounds
 * are enough; a fix that mends nothing must not keep this from ending.
 */
const MOST_ROUNDS = 10;

/** Makes all fixes of what is found, looks again, and goes on until there is none. A second run has none to make. */
export async function fixTexts<L extends Look>({
  sources,
  found: first,
  look,
  meantText,
}: FixRequest<L>): Promise<FixedTexts<L>> {
  let [texts, found] = [sources, first];
  const rounds = sources.map((): { readonly changes: (readonly Change[])[]; count: number } => ({
    changes: [],
    count: 0,
  }));
  for (let round = 0; ; round++) {
    const known = new Set(texts);
    const fixes = found.diagnostics.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
    const documents = found.documents.filter(({ source }) => known.has(source));
    const { made, refused } = applyFixes(fixes, { documents, sources: texts }, meantText);
    if (made.size === 0 || round === MOST_ROUNDS) return { fixed: fixedOf(sources, texts, rounds), refused, found };
    texts = texts.map((source, index) => {
      const own = made.get(source);
      const earlier = rounds[index];
      if (own === undefined || earlier === undefined) return source;
      earlier.changes.push(own.changes);
      earlier.count += own.count;
      return { ...source, text: changed(source.text, own.changes) };
    });
    found = await look(texts);
  }
}

function fixedOf(
  sources: readonly SourceText[],
  texts: readonly SourceText[],
  rounds: readonly { readonly changes: readonly (readonly Change[])[]; readonly count: number }[],
): readonly FixedText[] {
  return sources.flatMap((source, index) => {
    const { changes = [], count = 0 } = rounds[index] ?? {};
    const text = texts[index]?.text ?? source.text;
    return text === source.text ? [] : [{ source, text, count, changes: inOneRound(source.text.length, changes) }];
  });
}
