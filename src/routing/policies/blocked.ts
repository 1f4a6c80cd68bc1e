import type { TextTest } from '../text-test.ts';

/** Requests that get 403 on all hosts, by what they say of themselves. */
export interface Blocked {
  readonly userAgents: readonly TextTest[];
  readonly referers: readonly TextTest[];
  /** All are. */
  readonly isEverybody: boolean;
}
