import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import type { EventSink } from '../../live/events.ts';
import type { KubeApi } from '../../live/kubectl/api.ts';
import type { Delivery } from '../../live/sync/loop.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Loaded } from '../loaded.ts';
import type { FindingChanges } from './finding-log.ts';

/** Who is told what happens. */
export interface WatchView {
  readonly emit: EventSink;
  /** Told of the findings of each sync that were not there before, or are no more. */
  findings(changes: FindingChanges): Steps<void>;
  /** What a user should know though all goes well, in one line. */
  note(text: string): void;
}

/** What whoever delivers may use. */
export interface WatchSession {
  readonly emit: EventSink;
  readonly note: (text: string) => void;
  /** The way to the cluster; undefined when files are watched. */
  readonly api: KubeApi | undefined;
  /** Compiles and delivers once more, soon. */
  readonly again: (cause: string) => void;
  /** Aborted when the watch ends. */
  readonly signal: AbortSignal;
}

export type WatchOpening = { readonly kind: 'open'; readonly work: WatchWork } | Interruption | Failure;

/** What is done with each state of the input. */
export interface WatchWork {
  readonly deliver: (loaded: Loaded, signal: AbortSignal) => Promise<Delivered>;
  /** Called once, when nothing more is delivered. */
  readonly close: () => Promise<void>;
}

/** `loaded` is what was tried last: its findings are all that there is to say. */
export type Delivered =
  | { readonly outcome: Delivery['outcome']; readonly problem?: string; readonly loaded: Loaded }
  | { readonly outcome: 'interrupted' };
