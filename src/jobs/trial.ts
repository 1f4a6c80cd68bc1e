import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import type { ErrorReaction, Withheld } from './hold.ts';
import type { IsolationRequest } from './isolate.ts';
import { reportWarnings } from './isolate.ts';
import type { Loaded } from './loaded.ts';
import { recover } from './refused.ts';

/** What is asked about, before nginx has said anything to it. */
export type Trial = Omit<IsolationRequest, 'stderr'>;

/** What of an input nginx takes. */
export type Tried =
  /** All of it or, with `isolate`, what is left of it. */
  | { readonly kind: 'accepted'; readonly loaded: Loaded; readonly files: RenderedFiles }
  /** The findings of `loaded` say why. */
  | (Withheld & { readonly loaded: Loaded })
  | Interruption
  | Failure;

/** Asks nginx about files before anything is done with them, and reports what it says at the Ingresses behind it. */
export async function tryFiles(trial: Trial, onError: ErrorReaction): Promise<Tried> {
  const { loaded, files, ask } = trial;
  const verdict = await ask(files);
  switch (verdict.kind) {
    case 'accepted':
      reportWarnings({ loaded, files, stderr: verdict.stderr });
      return { kind: 'accepted', loaded, files };
    case 'refused': {
      const recovery = await recover({ ...trial, stderr: verdict.stderr }, onError);
      return recovery.kind === 'isolated' ? { ...recovery, kind: 'accepted' } : recovery;
    }
    case 'interrupted':
    case 'failed':
      return verdict;
  }
}
