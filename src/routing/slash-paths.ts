import type { Location } from './model.ts';

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

/** Where requests for such a path are sent: decoded text as a part of a URL, without a dollar that nginx would evaluate. */
export function slashTarget(path: string): string {
  const escaped = encodeURI(path).replaceAll(/[?#$]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${escaped}/`;
}
