import type { Failure } from '../diagnostics/failure.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { patchOf } from '../fixes/patch.ts';
import type { RefusedFix } from '../fixes/apply.ts';
import type { SourceText } from '../input/source.ts';
import { markOf, overwrite } from '../live/overwrite.ts';
import { fixTexts } from './fix-texts.ts';
import type { FixedText, FixedTexts } from './fix-texts.ts';
import type { LoadedTexts } from './load.ts';
import type { Loaded } from './loaded.ts';
import { meantInAnnotations } from './meant-text.ts';

export interface FixJob {
  readonly texts: LoadedTexts;
  readonly annotationsPrefix: string;
  /** What is to be reported of what was found. */
  readonly lint: (loaded: Loaded) => Promise<readonly Diagnostic[]>;
}

/** What came of fixes. */
export interface FixOutcome {
  readonly loaded: Loaded;
  readonly fixes: number;
  readonly files: number;
  /** What is still found and has a fix that was not made, and why. */
  readonly refused: readonly { readonly found: Diagnostic; readonly reason: string }[];
}

/** The same where files were written. */
export interface FixedFiles extends FixOutcome {
  readonly failures: readonly Failure[];
}

/** The same where nothing was written. */
export interface FixPatch extends FixOutcome {
  readonly patch: string;
  /** Files whose changes are not shown, since that would show lines of a Secret. */
  readonly hidden: readonly string[];
}

/** Mends what has one safe answer in the files that were read. A file that cannot be written stays as it is. */
export async function fixFiles(job: FixJob, signal: AbortSignal): Promise<FixedFiles> {
  const result = await fixed(job);
  const failures: Failure[] = [];
  const written: FixedText[] = [];
  for (const each of result.fixed) {
    if (signal.aborted) break;
    const failure = overwrite({ name: each.source.name, before: each.source.text, after: each.text });
    if (failure === undefined) written.push(each);
    else failures.push(failure);
  }
  return { ...outcomeOfSome(job, result, written), failures };
}

/** What is reported is what the files hold. */
function outcomeOfSome({ texts }: FixJob, result: FixedTexts<LoadedLook>, made: readonly FixedText[]): FixOutcome {
  if (made.length === result.fixed.length) return outcomeOf(result, made);
  const sources = texts.sources.map(source => {
    const own = made.find(each => each.source === source);
    return own === undefined ? source : { ...source, text: own.text };
  });
  return { ...outcomeOf(result, made), loaded: texts.again(sources) };
}

/**
 * What would be changed, as `git apply` takes it, and what would still be found then.
 *
 * @param pathOf how a file is called in the patch
 */
export async function fixPatch(job: FixJob, pathOf: (name: string) => string): Promise<FixPatch> {
  const result = await fixed(job);
  const shown: FixedText[] = [];
  const hidden: string[] = [];
  let patch = '';
  for (const each of result.fixed) {
    const part = patchOfText(each, pathOf);
    if (part === undefined) hidden.push(each.source.name);
    else {
      shown.push(each);
      patch += part;
    }
  }
  return { ...outcomeOfSome(job, result, shown), patch, hidden };
}

function patchOfText({ source, changes }: FixedText, pathOf: (name: string) => string): string | undefined {
  const mark = markOf(source.name);
  const moved = changes.map(({ start, end, text }) => ({ start: start + mark.length, end: end + mark.length, text }));
  return patchOf(pathOf(source.name), mark + source.text, moved);
}

interface LoadedLook {
  /** The same texts, of which nothing but what was compiled is said yet. */
  readonly load: () => Loaded;
  readonly diagnostics: Loaded['diagnostics'];
  readonly documents: Loaded['documents'];
}

async function fixed({ texts, annotationsPrefix, lint }: FixJob): Promise<FixedTexts<LoadedLook>> {
  const look = async (sources: readonly SourceText[], loaded: Loaded): Promise<LoadedLook> => ({
    load: () => texts.again(sources),
    diagnostics: await lint(loaded),
    documents: loaded.documents,
  });
  return fixTexts({
    sources: texts.sources,
    found: await look(texts.sources, texts.loaded),
    look: (sources: readonly SourceText[]) => look(sources, texts.again(sources)),
    meantText: meantInAnnotations(annotationsPrefix),
  });
}

function outcomeOf({ found, refused }: FixedTexts<LoadedLook>, made: readonly FixedText[]): FixOutcome {
  const reasons = new Map(refused.map(({ fix, reason }: RefusedFix) => [fix, reason]));
  return {
    loaded: found.load(),
    fixes: made.reduce((sum, { count }) => sum + count, 0),
    files: made.length,
    refused: found.diagnostics.flatMap(each => {
      const reason = each.fix === undefined ? undefined : reasons.get(each.fix);
      return reason === undefined ? [] : [{ found: each, reason }];
    }),
  };
}
