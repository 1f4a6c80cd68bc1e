import type { Replacement } from './replacement.ts';

/** What is changed in the Location and Refresh headers of backends. */
export interface BackendRedirects {
  readonly url: Replacement | 'off';
}
