import type { LogTarget } from './access-logs.ts';

export const ERROR_LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'] as const;

/** What nginx writes of its own errors. */
export interface ErrorLogs {
  readonly target: LogTarget;
  /** The least severe that is written. */
  readonly level: (typeof ERROR_LEVELS)[number];
  /** Addresses and networks of clients of whose connections everything is written. */
  readonly debugged: readonly string[];
}
