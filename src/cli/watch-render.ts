import type { Loaded } from '../jobs/loaded.ts';
import { renderLoaded } from '../jobs/render.ts';
import type { ExitCode } from './face.ts';
import type { ReportFlags } from './flags.ts';
import type { OutputFlags } from './output-flags.ts';
import { renderOptions, renderProblem } from './output-flags.ts';
import type { CompileFlags } from './settings.ts';
import type { WatchFlags } from './watch-flags.ts';
import type { Delivered } from './watch-session.ts';
import { watch } from './watch.ts';
import { withheldProblem } from './withheld-text.ts';

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
  const { loaded, outcome } = await renderLoaded({ loaded: compiled, signal, ...renderOptions(flags) });
  switch (outcome.kind) {
    case 'done': {
      const { written = 0, removed = 0 } = outcome.written ?? {};
      return { loaded, outcome: written + removed > 0 ? 'applied' : 'unchanged' };
    }
    case 'interrupted':
      return { outcome: 'interrupted' };
    case 'withheld':
      if (signal.aborted) return { outcome: 'interrupted' };
      return { loaded, outcome: 'withheld', problem: withheldProblem(loaded.diagnostics, outcome) };
    case 'failed':
      return { loaded, outcome: 'failed', problem: renderProblem(outcome, flags) };
  }
}
