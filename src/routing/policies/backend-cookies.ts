import type { Replacement } from './replacement.ts';

/** What is changed in the cookies of backends. */
export interface BackendCookies {
  readonly domain: Replacement | 'off';
  readonly path: Replacement | 'off';
}
