import type { Location, Server } from '../routing/model.ts';
import { matches } from './regex-cover.ts';
import { readSyntax } from './regex-syntax.ts';

/** The location of a server that takes a path; undefined where none does, or nobody can be sure. */
export type FindLocation = (path: string) => Location | undefined;

/** Prepares to look for locations of a server as nginx does. */
export function locationFinder({ locations }: Pick<Server, 'locations'>): FindLocation {
  const [expressions, others] = [locations.filter(isExpression), locations.filter(location => !isExpression(location))];
  if (others.length === 0) return path => firstMatch(expressions, path);
  // Where a host that has none is partly closed by expressions, nobody looks.
  return expressions.length > 0 ? () => undefined : byText(others);
}

function isExpression({ match }: Location): boolean {
  return match === 'regex';
}

function byText(locations: readonly Location[]): FindLocation {
  const known = new Map(locations.map(location => [`${location.match} ${location.path}`, location]));
  return path => {
    const exact = known.get(`exact ${path}`);
    if (exact !== undefined) return exact;
    for (let length = path.length; length > 0; length -= 1) {
      const found = known.get(`prefix ${path.slice(0, length)}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function firstMatch(expressions: readonly Location[], path: string): Location | undefined {
  const text = path.toLowerCase();
  for (const location of expressions) {
    const syntax = readSyntax(location.path.replace(/^\^/, ''));
    if (syntax === undefined) return undefined;
    if (matches(syntax, text)) return location;
  }
  return undefined;
}
