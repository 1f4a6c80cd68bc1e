import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Withheld } from '../hold.ts';
import type { Loaded } from '../loaded.ts';
import type { Rendered, RenderFailure, RenderRequest } from '../render.ts';
import { renderLoaded } from '../render.ts';
import type { Following } from './follow.ts';
import { follow } from './follow.ts';
import type { WatchRequest } from './request.ts';
import type { Delivered } from './session.ts';

/** The folder that is kept up to date, and how. */
export interface FolderOptions extends Omit<RenderRequest, 'loaded' | 'signal'> {
  readonly folder: string;
}

/** Says in one line why a state of the input was not written. */
export interface FolderWords {
  withheld(withheld: Withheld, diagnostics: readonly Diagnostic[]): string;
  failed(failure: RenderFailure): string;
}

/** Keeps an output folder up to date. */
export function watchFolder(request: WatchRequest, options: FolderOptions, words: FolderWords): Promise<Following> {
  const work = {
    deliver: async (loaded: Loaded, signal: AbortSignal) =>
      deliveredOf(await renderLoaded({ loaded, signal, ...options }), signal, words),
    close: () => Promise.resolve(),
  };
  return follow(request, { folder: options.folder, open: () => Promise.resolve({ kind: 'open', work }) });
}

function deliveredOf({ loaded, outcome }: Rendered, signal: AbortSignal, words: FolderWords): Delivered {
  switch (outcome.kind) {
    case 'done': {
      const { written = 0, removed = 0 } = outcome.written ?? {};
      return { loaded, outcome: written + removed > 0 ? 'applied' : 'unchanged' };
    }
    case 'interrupted':
      return { outcome: 'interrupted' };
    case 'withheld':
      if (signal.aborted) return { outcome: 'interrupted' };
      return { loaded, outcome: 'withheld', problem: words.withheld(outcome, loaded.diagnostics) };
    case 'failed':
      return { loaded, outcome: 'failed', problem: words.failed(outcome) };
  }
}
