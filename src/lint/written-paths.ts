import type { FieldRef } from '../diagnostics/place.ts';
import type { Location, Server, WrittenPath } from '../routing/model.ts';

/** A path of a rule, with all locations that were made of it. */
export interface LintedPath {
  readonly written: WrittenPath;
  /** Not empty, in the order in which nginx tries them. */
  readonly locations: readonly Location[];
  readonly at: FieldRef;
}

/** The paths that rules gave a server, in the order of their first locations. */
export function writtenPaths({ locations }: Server): readonly LintedPath[] {
  const byPath = new Map<WrittenPath, LintedPath & { readonly locations: Location[] }>();
  for (const location of locations) {
    const { written } = location;
    const [from] = location.from;
    if (written === undefined || from === undefined) continue;
    const known = byPath.get(written);
    if (known !== undefined) known.locations.push(location);
    else byPath.set(written, { written, locations: [location], at: from.field });
  }
  return [...byPath.values()];
}

/** What follows, as the end of a message, from a path that no request has. */
export function idleGuardNote({ isGuarded }: WrittenPath): string {
  return isGuarded === true ? '; what it was meant to protect is open, unless another path protects it' : '';
}
