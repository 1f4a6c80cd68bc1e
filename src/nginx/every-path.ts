import type { Location } from '../routing/model.ts';

/** Whether a location takes all requests for which there is no nearer one. */
export function takesEveryPath({ match, path }: Location): boolean {
  return (match === 'prefix' && path === '/') || (match === 'regex' && path === '^/');
}
