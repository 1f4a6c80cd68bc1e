import type { ExitCode } from './face.ts';
import type { ReportFlags } from './flags.ts';
import type { Loaded } from './load.ts';
import type { OutputFlags } from './render-loaded.ts';
import { renderLoaded } from './render-loaded.ts';
import type { CompileFlags } from './settings.ts';
import type { WatchFlags } from './watch-flags.ts';
import type { Delivered } from './watch-session.ts';
import { watch } from './watch.ts';
import { withheldProblem } from './withhold.ts';

export interface WatchRenderFlags extends CompileFlags, ReportFlags, OutputFlags, WatchFlags {
  readonly output: string;
}

/** Keeps an output folder up to date. */
export function watchRender(paths: readonly string[], flags: WatchRenderFlags): Promise<ExitCode> {
  const { output } = flags;
  const work = {
    deliver: (loaded: Loaded, signal: AbortSignal) => deliver(loaded, flags, signal),
    close: () => Promise.resolve(),
  };
  const open = () => Promise.resolve({ kind: 'open', work } as const);
  return watch({ paths, flags, title: `render --watch -o ${output}`, output, open });
}

async function deliver(compiled: Loaded, flags: WatchRenderFlags, signal: AbortSignal): Promise<Delivered> {
  const { loaded, outcome } = await renderLoaded(compiled, flags, signal);
  switch (outcome.kind) {
    case 'done':
      return { loaded, outcome: outcome.isChanged ? 'applied' : 'unchanged' };
    case 'withheld':
      if (signal.aborted) return { outcome: 'interrupted' };
      return { loaded, outcome: 'withheld', problem: withheldProblem(loaded, outcome) };
    case 'failed':
      return { loaded, outcome: 'failed', problem: outcome.problem };
  }
}
