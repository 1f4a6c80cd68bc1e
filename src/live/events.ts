/**
 * What happens while something is watched or applied, as data: the log lines, the status on a terminal and the metrics
 * are three views of it. Nothing in it is secret. Times are milliseconds.
 */
export type LiveEvent =
  | InputEvent
  | { readonly kind: 'changed'; readonly cause: string }
  | SyncEvent
  | NginxEvent
  /** `holder` is empty while nobody is known to lead. */
  | { readonly kind: 'leader'; readonly isLeader: boolean; readonly holder: string }
  /** Without addresses: they were taken back. */
  | { readonly kind: 'published'; readonly ingresses: number; readonly addresses: readonly string[] }
  | {
      readonly kind: 'forward';
      readonly service: string;
      readonly state: 'up' | 'restarting';
      readonly problem?: string;
    }
  /** Something failed that is tried again; `what` is a short name such as `status` or `kubectl`. */
  | { readonly kind: 'trouble'; readonly what: string; readonly problem: string; readonly retryInMs?: number };

/** The state of one type of object (`Ingress`), or of the files. */
export interface InputEvent {
  readonly kind: 'input';
  readonly type: string;
  readonly state: InputState;
  readonly objects: number;
  readonly problem?: string;
  readonly retryInMs?: number;
}

export type InputState = 'listing' | 'watching' | 'retrying' | 'forbidden' | 'absent';

/** One run from the input to what is served. */
export interface SyncEvent {
  readonly kind: 'synced';
  /** `withheld`: findings, or nginx, refused the input, and the last good configuration stays. */
  readonly outcome: 'applied' | 'unchanged' | 'withheld' | 'failed';
  readonly causes: readonly string[];
  /** From the first of the causes to the end. */
  readonly sinceChangeMs: number;
  readonly durationMs: number;
  readonly routes: {
    readonly total: number;
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
  };
  readonly objects: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  /** Why, unless it went well; one line. */
  readonly problem?: string;
}

export interface NginxEvent {
  readonly kind: 'nginx';
  readonly action: 'started' | 'reloaded' | 'rolled-back' | 'stopped' | 'died';
  readonly pid?: number;
  /** What it serves now. */
  readonly release?: string;
  readonly problem?: string;
}

export type EventSink = (event: LiveEvent) => void;
