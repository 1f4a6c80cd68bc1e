import { quote } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { Location } from '../../routing/model.ts';

/** `path` is sent to `target`, the same with a slash at its end. */
export type SlashRedirectView = Readonly<{ path: Quoted; first: Quoted | undefined; target: Quoted }>;

/**
 * The paths, without it, of locations that end in a slash: nginx redirects there by itself, unless another location has
 * the path, but only where the location has a backend, and to a port that clients may not know.
 */
export function slashPaths(locations: readonly Location[]): readonly string[] {
  const paths = new Set<string>();
  for (const { match, path } of locations) {
    if (match !== 'regex' && path.length > 1 && path.endsWith('/')) paths.add(path.slice(0, -1));
  }
  for (const { match, path } of locations) if (match === 'exact') paths.delete(path);
  return [...paths];
}

/** @param first what nginx looks at before it adds the slash by itself */
export function slashRedirectView(path: string, first: Quoted | undefined): SlashRedirectView {
  return { path: quote(path), first, target: quote(`$scheme://$best_host${escapePath(path)}/$is_args$args`) };
}

/** Decoded text as a part of a URL; no dollar is left that nginx would evaluate. */
function escapePath(path: string): string {
  return encodeURI(path).replaceAll(/[?#$]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}
