import { bytesOf } from './bytes.ts';
import type { Location, Routing, Server } from './model.ts';
import type { Pcre } from './pcre-match.ts';
import { compilePcre } from './pcre-match.ts';
import type { Askers } from './policies.ts';
import type { StatusPage } from './policies/status-page.ts';
import { slashPaths } from './slash-paths.ts';
import type { LocationStatement, OtherStatement, Statement } from './snippets.ts';

/** What a request may end in, beside the locations of the routing. */
export type Place =
  | { readonly kind: 'location'; readonly location: Location }
  /** Somebody wrote it for nginx. */
  | { readonly kind: 'snippet'; readonly statement: LocationStatement | OtherStatement; readonly from: Askers }
  | { readonly kind: 'status-page'; readonly asks: StatusPage; readonly from: Askers }
  /** The redirect to the same path with a slash, which is that of `folder`. */
  | { readonly kind: 'slash'; readonly folder: Location };

/** A location of nginx.conf. */
export interface Candidate {
  readonly place: Place;
  readonly match: 'exact' | 'prefix' | 'regex';
  /** As it is written. */
  readonly text: string;
  /** Its bytes. */
  readonly path: string;
  /** nginx asks no expression where it is the longest prefix. */
  readonly isFinal?: true;
}

export interface RegexCandidate extends Candidate {
  readonly match: 'regex';
  /** All that it fits begins like this, whatever the case; in lower case. */
  readonly begin: string;
  readonly matcher: () => Pcre;
}

/** The locations of a server, to look paths up in. */
export interface LocationIndex {
  readonly exact: ReadonlyMap<string, Candidate>;
  readonly prefixes: ReadonlyMap<string, Candidate>;
  /** How long the paths of `prefixes`, and of both, are: the longest first. */
  readonly prefixLengths: readonly number[];
  readonly lengths: readonly number[];
  /** In the order in which nginx tries them. */
  readonly expressions: readonly RegexCandidate[];
  /** By their paths in lower case. */
  readonly anyCase: ReadonlyMap<string, readonly Candidate[]>;
}

const KNOWN = new WeakMap<Server, { readonly http: Routing['http']; readonly index: LocationIndex }>();

export function locationIndex({ http }: Pick<Routing, 'http'>, server: Server): LocationIndex {
  const known = KNOWN.get(server);
  if (known?.http === http) return known.index;
  const index = indexCandidates(candidatesOf(http, server));
  KNOWN.set(server, { http, index });
  return index;
}

/** In the order of nginx.conf. */
function* candidatesOf(http: Routing['http'], server: Server): Generator<Candidate | RegexCandidate> {
  for (const snippet of [server.policies.serverSnippet, http.serverSnippet]) {
    if (snippet !== undefined) yield* snippetCandidates(snippet.asks.statements, snippet.from);
  }
  const folders = new Map<string, Location>();
  for (const location of server.locations) {
    const { match, path: text } = location;
    const place = { kind: 'location', location } as const;
    if (match === 'regex') yield regexCandidate(place, text, { isCaseless: true });
    else yield { place, match, text, path: bytesOf(text) };
    if (match !== 'regex' && text.endsWith('/')) folders.set(text, location);
  }
  const page = server.host === '_' ? http.statusPage : undefined;
  const isTaken = server.locations.some(({ path }) => path.replace(/\/$/, '') === STATUS_PAGE);
  if (page !== undefined && !isTaken) {
    const place = { kind: 'status-page', asks: page.asks, from: page.from } as const;
    yield { place, match: 'prefix', text: STATUS_PAGE, path: STATUS_PAGE };
  }
  for (const text of slashPaths(server.locations)) {
    const folder = folders.get(`${text}/`);
    // A snippet may have the path: the first one is kept.
    if (folder !== undefined) yield { place: { kind: 'slash', folder }, match: 'exact', text, path: bytesOf(text) };
  }
}

const STATUS_PAGE = '/nginx_status';

function* snippetCandidates(statements: readonly Statement[], from: Askers): Generator<Candidate | RegexCandidate> {
  for (const statement of statements) {
    if (statement.kind !== 'location' && statement.kind !== 'other') continue;
    const { match, path: text } = statement.kind === 'location' ? statement : writtenPath(statement);
    if (text === '' || text.startsWith('@')) continue;
    const place = { kind: 'snippet', statement, from } as const;
    if (match === '~' || match === '~*') yield regexCandidate(place, text, { isCaseless: match === '~*' });
    else if (match === '=') yield { place, match: 'exact', text, path: bytesOf(text) };
    else yield { place, match: 'prefix', text, path: bytesOf(text), ...(match === '^~' ? { isFinal: true } : {}) };
  }
}

/** Of a location that is left as it was written; without a path for anything else. */
function writtenPath({ words: [name, ...words] }: OtherStatement): Pick<LocationStatement, 'match' | 'path'> {
  const [, match = '', path = ''] = name === 'location' ? (/^(=|\^~|~\*|~|)\s?(.*)$/s.exec(words.join(' ')) ?? []) : [];
  return { match: (['=', '^~', '~', '~*'] as const).find(each => each === match) ?? '', path };
}

function regexCandidate(place: Place, text: string, options: { readonly isCaseless: boolean }): RegexCandidate {
  let compiled: Pcre | undefined;
  const matcher = (): Pcre => (compiled ??= compilePcre(text, options));
  return { place, match: 'regex', text, path: bytesOf(text), begin: surelyBegins(text), matcher };
}

/** The text with which all begins that an expression fits, as far as that is seen at once. */
export function surelyBegins(expression: string): string {
  // What stands between bars may be left out.
  if (!expression.startsWith('^') || /\||\\Q/.test(expression)) return '';
  const [, literal = '', next = ''] = /^\^((?:[\w/%&=,;:@~!-]|\\[./-])*)(.?)/s.exec(expression) ?? [];
  const whole = literal.replaceAll('\\', '');
  // The last sign may be left out, too.
  return (/^[*?{]$/.test(next) ? whole.slice(0, -1) : whole).toLowerCase();
}

function indexCandidates(candidates: Iterable<Candidate | RegexCandidate>): LocationIndex {
  const exact = new Map<string, Candidate>();
  const prefixes = new Map<string, Candidate>();
  const expressions: RegexCandidate[] = [];
  const anyCase = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (isRegex(candidate)) {
      expressions.push(candidate);
      continue;
    }
    const map = candidate.match === 'exact' ? exact : prefixes;
    if (map.has(candidate.path)) continue;
    map.set(candidate.path, candidate);
    if (candidate.place.kind === 'slash') continue;
    const lower = candidate.path.toLowerCase();
    const same = anyCase.get(lower);
    if (same === undefined) anyCase.set(lower, [candidate]);
    else same.push(candidate);
  }
  const prefixLengths = lengthsOf(prefixes.keys());
  const lengths = lengthsOf([...prefixes.keys(), ...exact.keys()]);
  return { exact, prefixes, prefixLengths, lengths, expressions, anyCase };
}

function isRegex(candidate: Candidate | RegexCandidate): candidate is RegexCandidate {
  return candidate.match === 'regex';
}

function lengthsOf(paths: Iterable<string>): readonly number[] {
  return [...new Set(Array.from(paths, ({ length }) => length))].toSorted((a, b) => b - a);
}

export function longestPrefix({ prefixes, prefixLengths }: LocationIndex, path: string): Candidate | undefined {
  for (const length of prefixLengths) {
    const candidate = length > path.length ? undefined : prefixes.get(path.slice(0, length));
    if (candidate !== undefined) return candidate;
  }
  return undefined;
}

/** What its groups have taken; undefined where it does not fit. */
export function fitOf(
  { begin, matcher }: RegexCandidate,
  path: string,
  lower: string,
): readonly (string | undefined)[] | 'unclear' | undefined {
  if (!lower.startsWith(begin)) return undefined;
  const fit = matcher().match(path);
  return fit === 'unclear' ? fit : fit?.groups;
}
