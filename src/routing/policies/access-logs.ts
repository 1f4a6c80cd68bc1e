import type { TextPart } from '../variable-text.ts';
import type { TextTest } from '../text-test.ts';

/**
 * Where a log goes: its usual file, another one beside it, or a syslog server (`192.0.2.1:514`), perhaps with parameters
 * of nginx's.
 */
export type LogTarget =
  | { readonly kind: 'usual' }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'syslog'; readonly server: string };

/** How lines are gathered before they are written; `value` is a size, a level or a time of nginx's. */
export interface LogParam {
  readonly name: 'buffer' | 'gzip' | 'flush';
  readonly value: string | undefined;
}

/** What is written of each request, or of each connection. */
interface AccessLog {
  /** Undefined for no log at all. */
  readonly target: LogTarget | undefined;
  /** Undefined for the usual lines. */
  readonly format: readonly TextPart[] | undefined;
  /** Of a file. */
  readonly params: readonly LogParam[];
}

export interface AccessLogs extends AccessLog {
  /** How values are made safe: by `\x22`, by `\"`, or not at all. */
  readonly escape: 'default' | 'json' | 'none';
  /** The URIs of requests that are not logged. */
  readonly skipped: readonly TextTest[];
}

/** Of TCP and UDP ports. */
export type StreamLogs = AccessLog;
