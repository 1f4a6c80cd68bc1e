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

interface Folder {
  /** Without the slash at its end. */
  readonly path: string;
  /** What nginx looks at before it adds the slash by itself. */
  readonly first: Quoted | undefined;
  /** Redirects leave out scheme and host. */
  readonly isRelative: boolean;
}

export function slashRedirectView({ path, first, isRelative }: Folder): SlashRedirectView {
  const host = isRelative ? '' : '$scheme://$best_host';
  return { path: quote(path), first, target: quote(`${host}${escapePath(path)}/$is_args$args`) };
}

/** The folders whose redirects leave out scheme and host. */
export function relativeFolders(locations: readonly Location[]): ReadonlySet<string> {
  return new Set(locations.filter(({ policies }) => policies.redirects?.asks.isRelative).map(({ path }) => path));
}

/** Decoded text as a part of a URL; no dollar is left that nginx would evaluate. */
function escapePath(path: string): string {
  return encodeURI(path).replaceAll(/[?#$]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}
