import { lintLoaded } from '../jobs/lint.ts';
import type { Linted } from '../jobs/lint.ts';
import { openEndings } from '../jobs/watch/endings.ts';
import { watchLint } from '../jobs/watch/lint.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import { excludeOf } from './exclude-flags.ts';
import type { ExitCode } from './face.ts';
import { refuseMissing } from './face.ts';
import { levelsOf } from './level-flags.ts';
import type { LintFlags } from './lint.ts';
import { openLintChoice } from './lint-choice.ts';
import type { OpenedChoice, Refused } from './lint-choice.ts';
import { nginxToAsk, readToLint } from './lint-input.ts';
import { openLintView } from './lint-view.ts';
import { untilSignal } from './watch-signals.ts';

/** Lints whenever a file is saved, until a signal ends it; then with the exit code of the last state. */
export async function lintWatching(named: readonly string[], flags: LintFlags & ExcludeFlags): Promise<ExitCode> {
  // What is wrong with the flags would be said at each lint.
  if ((await levelsOf(flags)) === undefined) return 2;
  const paths = named.length === 0 ? ['.'] : named;
  const opened = openLintChoice({ paths, stdinName: flags.stdinFilename }, flags);
  if (opened.kind === 'refused') return opened.code;
  const isCompact = flags.format?.some(({ format }) => format === 'compact') ?? false;
  const view = openLintView({ ...flags, isCompact });
  const endings = openEndings();
  try {
    return await untilSignal(async signals => {
      let refused: Refused | undefined;
      const lint = async (signal: AbortSignal): Promise<Linted | undefined> => {
        const linted = await lintNow({ paths, opened, flags }, signal);
        refused = 'kind' in linted ? linted : undefined;
        return 'kind' in linted ? undefined : linted;
      };
      const watching = await watchLint({ paths, exclude: excludeOf(flags), lint, view, endings, signal: signals.end });
      switch (watching.kind) {
        case 'missing':
          return refuseMissing(watching.paths);
        case 'interrupted':
          return 0;
        case 'failed':
          view.note(watching.problem);
          return 3;
        case 'open':
          signals.onHangUp(() => watching.resync('SIGHUP'));
          await signals.ended;
          return refused?.code ?? view.code();
      }
    });
  } finally {
    await endings.end();
  }
}

interface LintTask {
  readonly paths: readonly string[];
  readonly opened: OpenedChoice;
  readonly flags: LintFlags;
}

async function lintNow({ paths, opened, flags }: LintTask, signal: AbortSignal): Promise<Linted | Refused> {
  const read = await readToLint({ input: { paths, stdinName: flags.stdinFilename }, opened }, flags);
  if (read.kind === 'refused') return read;
  return lintLoaded({ loaded: read.texts.loaded, choice: read.choice, nginx: nginxToAsk(flags), signal });
}
