import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Location, Server } from '../routing/model.ts';
import type { Cover } from './regex-cover.ts';
import { coverOf, surePrefix } from './regex-cover.ts';
import { readSyntax } from './regex-syntax.ts';
import { shadowedPath } from './rules/paths.ts';
import { idleGuardNote } from './written-paths.ts';
import type { LintedPath } from './written-paths.ts';

/** Longer ones are left alone, so that the work grows with the number of paths and nothing else. */
const LONGEST_TEXT = 256;
/** Earlier expressions that a path is held against, of those that begin alike. */
const MOST_RIVALS = 32;

interface Rival {
  readonly location: Location;
  readonly covers: Cover;
}

/** The expressions of a server that come before the one that is looked at, by what they begin with. */
type Earlier = Map<string, Rival[]>;

function addRival(earlier: Earlier, prefix: string, rival: Rival): void {
  const rivals = earlier.get(prefix);
  if (rivals === undefined) earlier.set(prefix, [rival]);
  else if (rivals.length < MOST_RIVALS) rivals.push(rival);
}

/** The first expression that surely matches all that begins with `text`. Only those that begin like it can. */
function findCovering(earlier: Earlier, text: string): Location | undefined {
  for (let length = 0; length <= text.length; length += 1) {
    const found = earlier.get(text.slice(0, length))?.find(({ covers }) => covers(text));
    if (found !== undefined) return found.location;
  }
  return undefined;
}

/** For each location that nothing reaches, the one that is tried before it. */
function shadows({ locations }: Server): ReadonlyMap<Location, Location> {
  const earlier: Earlier = new Map();
  const found = new Map<Location, Location>();
  for (const location of locations) {
    if (location.match !== 'regex') continue;
    const syntax = readSyntax(location.path.replace(/^\^/, ''));
    if (syntax === undefined) continue;
    const prefix = surePrefix(syntax);
    if (prefix.length > LONGEST_TEXT) continue;
    const winner = findCovering(earlier, prefix);
    if (winner === undefined) addRival(earlier, prefix, { location, covers: coverOf(syntax) });
    else found.set(location, winner);
  }
  return found;
}

/** Why the one path takes all requests of the other one. */
function whyFirst(first: string, other: string): string {
  if (first.toLowerCase() === other.toLowerCase()) return 'comes first, and expressions do not tell capitals apart';
  const [length, otherLength] = [first, other].map(text => Buffer.byteLength(text));
  const why = length === otherLength ? 'by the alphabet' : 'as the longer text';
  return `is tried first, ${why}, and matches all of it`;
}

/** Finds paths of which no location is ever reached, because expressions with longer texts match all of it. */
export function checkShadowedPaths(server: Server, paths: readonly LintedPath[], report: Report): void {
  if (server.regexFrom === undefined) return;
  const shadowed = shadows(server);
  if (shadowed.size === 0) return;
  for (const { written, locations, at } of paths) {
    const [winner] = locations.map(location => shadowed.get(location));
    if (winner === undefined || !locations.every(location => shadowed.has(location))) continue;
    const [from] = winner.from;
    const first = winner.written?.path ?? winner.path;
    const by = from === undefined ? '' : ` of ${objectText(from.resource)}`;
    const message = `no request reaches the path "${written.path}" of ${shownHost(server)}: "${first}"${by} ${whyFirst(first, written.path)}${idleGuardNote(written)}`;
    const help = 'make the other expression narrower, or move one of the two to a host of its own';
    const related = from === undefined ? [] : [{ message: `"${first}" is here`, at: from.field }];
    report({ rule: shadowedPath, message, help, at, related });
  }
}
