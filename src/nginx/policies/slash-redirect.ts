import { quote } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { Location } from '../../routing/model.ts';
import { slashTarget } from '../../routing/slash-paths.ts';

/** `path` is sent to `target`, the same with a slash at its end. */
export type SlashRedirectView = Readonly<{ path: Quoted; first: Quoted | undefined; target: Quoted }>;

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
  return { path: quote(path), first, target: quote(`${host}${slashTarget(path)}$is_args$args`) };
}

/** The folders whose redirects leave out scheme and host. */
export function relativeFolders(locations: readonly Location[]): ReadonlySet<string> {
  return new Set(locations.filter(({ policies }) => policies.redirects?.asks.isRelative).map(({ path }) => path));
}
