import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Fix } from '../../src/diagnostics/fix.ts';
import type { SourceText } from '../../src/input/source.ts';
import { fixTexts } from '../../src/jobs/fix-texts.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import type { Loaded } from '../../src/jobs/loaded.ts';
import { meantInAnnotations } from '../../src/jobs/meant-text.ts';
import { ANNOTATIONS_PREFIX } from '../../src/resources/model.ts';
import { SETTINGS } from './compiled.ts';

/** What texts became, and what is found in them then. */
export interface FixedInput {
  readonly texts: readonly string[];
  readonly count: number;
  /** Why fixes of what is still found are not made. */
  readonly refused: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly loaded: Loaded;
}

/** Compiles texts; an Ingress without class is one of ours. */
export function loadedTexts(sources: readonly SourceText[]): Loaded {
  return loadTexts({ sources, settings: { ...SETTINGS, watchWithoutClass: true, isCheck: true } });
}

/**
 * Makes all fixes in texts.
 *
 * @param isWanted leaves out some
 */
export async function fixedInput(
  sources: readonly SourceText[],
  isWanted: (fix: Fix) => boolean = () => true,
): Promise<FixedInput> {
  const look = (texts: readonly SourceText[]) => {
    const loaded = loadedTexts(texts);
    const diagnostics = loaded.diagnostics.filter(({ fix }) => fix === undefined || isWanted(fix));
    return { loaded, diagnostics, documents: loaded.documents };
  };
  const result = await fixTexts({
    sources,
    found: look(sources),
    look,
    meantText: meantInAnnotations(ANNOTATIONS_PREFIX),
  });
  return {
    texts: sources.map(source => result.fixed.find(each => each.source === source)?.text ?? source.text),
    count: result.fixed.reduce((sum, { count }) => sum + count, 0),
    refused: result.refused.map(({ reason }) => reason),
    diagnostics: result.found.diagnostics,
    loaded: result.found.loaded,
  };
}

/** The same of one text. */
export async function fixedText(
  text: string,
  isWanted?: (fix: Fix) => boolean,
): Promise<FixedInput & { readonly text: string }> {
  const result = await fixedInput([{ name: 'a.yaml', text }], isWanted);
  return { ...result, text: result.texts[0] ?? '' };
}
