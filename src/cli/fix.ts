import { isAbsolute, relative, sep } from 'node:path';

import { many } from '../diagnostics/words.ts';
import { fixFiles, fixPatch } from '../jobs/fix.ts';
import type { FixJob, FixOutcome } from '../jobs/fix.ts';
import { lintLoaded } from '../jobs/lint.ts';
import type { LintChoice } from '../jobs/lint-report.ts';
import type { LoadedTexts } from '../jobs/load.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { print } from './face.ts';
import type { FixFlags } from './fix-flags.ts';
import { interruptible } from './interrupt.ts';
import type { CompileFlags } from './settings.ts';

/** What a run with fixes goes on with. */
export interface Fixed {
  readonly loaded: Loaded;
  /** Lines for the end of the run. */
  readonly notes: readonly string[];
  readonly problem?: string;
}

/** Mends what is reported in the files that were read, or prints how it would. */
export async function fixInput(
  { texts, choice }: { readonly texts: LoadedTexts; readonly choice: LintChoice },
  { fixDryRun: isDry = false, annotationsPrefix }: FixFlags & Pick<CompileFlags, 'annotationsPrefix'>,
): Promise<Fixed> {
  const { signal } = new AbortController();
  const lint: FixJob['lint'] = async loaded => {
    const linted = await lintLoaded({ loaded, choice, nginx: undefined, signal });
    return linted.findings.reported;
  };
  const job: FixJob = { texts, annotationsPrefix: `${annotationsPrefix}/`, lint };
  if (isDry) {
    const outcome = await fixPatch(job, pathInPatch);
    print(outcome.patch);
    const hidden = outcome.hidden.map(
      file => `not shown: ${file}: the patch would show lines of a Secret; --fix mends it`,
    );
    return { loaded: outcome.loaded, notes: [...hidden, ...notesOf(outcome, 'would be made')] };
  }
  const outcome = await interruptible(stop => fixFiles(job, stop));
  const problems = outcome.failures.map(({ problem }) => problem);
  const notes = notesOf(outcome, '');
  return { loaded: outcome.loaded, notes, ...(problems.length === 0 ? {} : { problem: problems.join('; ') }) };
}

const MOST_REFUSED = 10;

function notesOf({ fixes, files, refused, loaded }: FixOutcome, verb: string): readonly string[] {
  const lines = refused.slice(0, MOST_REFUSED).map(({ found: { at, fix, rule }, reason }) => {
    const origin = at === undefined || !('document' in at) ? at : loaded.locate(at);
    const place = origin === undefined ? '' : `${origin.file}:${origin.line}:${origin.column}: `;
    return `not fixed: ${place}${rule.id}: ${fix?.title ?? ''}: ${reason}`;
  });
  const more = refused.length > MOST_REFUSED ? [`not fixed: ${refused.length - MOST_REFUSED} others`] : [];
  const made = `${many(fixes, 'fix', 'fixes')} in ${many(files, 'file')}`;
  return [...lines, ...more, verb === '' ? made : `${made} ${verb}`];
}

/** From the current folder, as git names files there. */
function pathInPatch(name: string): string {
  const path = relative(process.cwd(), name);
  const isOutside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return (isOutside ? name.replace(/^(?:\.{0,2}\/)+/, '') : path).replaceAll(sep, '/');
}
