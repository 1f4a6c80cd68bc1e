import type { Exclude } from '../../input/exclusion.ts';
import { inTurns } from '../../live/in-turns.ts';
import { MACHINE_CLOCK } from '../../live/clock.ts';
import { openFileInput } from '../../live/files/file-input.ts';
import { startLoop } from '../../live/sync/loop.ts';
import type { Linted } from '../lint.ts';
import type { Endings } from './endings.ts';
import { openFindingLog } from './finding-log.ts';
import type { Following } from './follow.ts';
import type { WatchView } from './session.ts';

export interface WatchLintRequest {
  /** Files, folders and patterns. */
  readonly paths: readonly string[];
  /** What is left out of folders and patterns. */
  readonly exclude: Exclude | undefined;
  /** Lints what is there now; undefined where nothing could be read, which has been said, or it was interrupted. */
  readonly lint: (signal: AbortSignal) => Promise<Linted | undefined>;
  readonly view: LintWatchView;
  /** Gets the end of all that is opened; whoever made it ends it. */
  readonly endings: Endings;
  /** Aborted when the watch shall end. */
  readonly signal: AbortSignal;
}

export interface LintWatchView extends WatchView {
  /** Told of each lint before its findings. */
  readonly linted: (linted: Linted) => void;
}

/** So soon after a save that nobody waits for it, and not at each of a hundred files that change at once. */
const LINTS_PER_SECOND = 5;

/**
 * Lints anew, as a single run does, whenever a file changes. What changed is all that is known of the files here: what is
 * in them is read by the lint.
 */
export async function watchLint(request: WatchLintRequest): Promise<Following> {
  const { paths, exclude, lint, view, endings, signal } = request;
  const { emit } = view;
  const opening = await openFileInput({
    paths,
    exclude,
    isRepository: true,
    reads: 'texts',
    output: undefined,
    emit,
    clock: MACHINE_CLOCK,
    signal,
  });
  if (opening.kind !== 'open') return opening;
  const changesOf = openFindingLog();
  const loop = startLoop<Linted>({
    input: opening.input,
    build: (_, ending) => lint(ending),
    isReady: () => true,
    async deliver(linted, ending) {
      if (linted.trouble?.kind === 'interrupted') return undefined;
      view.linted(linted);
      const { loaded, findings } = linted;
      const changes = await inTurns(changesOf({ ...loaded, diagnostics: findings.reported }), ending);
      if (changes === undefined) return undefined;
      await inTurns(view.findings(changes), ending);
      return { outcome: 'unchanged', routes: [], findings: changes.counts };
    },
    emit,
    clock: MACHINE_CLOCK,
    syncsPerSecond: LINTS_PER_SECOND,
    resyncMs: undefined,
  });
  endings.add(() => loop.stop());
  return { kind: 'open', resync: cause => loop.resync(cause) };
}
