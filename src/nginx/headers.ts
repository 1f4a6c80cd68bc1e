import { createHash } from 'node:crypto';

import { asAsked } from './as-asked.ts';
import { AUTHORIZATION } from './authorization.ts';
import { forwardedHeaders, furtherHeaders } from './policies/forwarded.ts';
import { headerName, lowerCase, SENT_ON, SENT_ON_NAMES } from './hidden-headers.ts';
import { EMPTY, variable } from './quote.ts';

import type { HeaderSet } from './declarations.ts';
import type { RenderFacts } from './parts.ts';
import type { Quoted } from './quote.ts';

/**
 * A header of a request to a backend, or of a response to a client. nginx's lists of headers do not add up: a location
 * that had one of its own would lose all others. So headers stand in http{} alone, each with a variable as its value,
 * and a location names the set that holds for it.
 */
export interface Header {
  /** Letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  /** A token in which nginx evaluates variables; where it comes to nothing, the header is not sent. */
  readonly value: Quoted;
  /** Of a response: what the backend sends under this name is hidden. */
  readonly replaces?: true;
}

type Facts = Pick<RenderFacts, 'http' | 'listeners'>;

/** The headers that all requests and responses have, where no location says otherwise. */
export interface HeadersOfAll {
  /** Besides what is forwarded; of one name the last counts. */
  readonly request: readonly Header[];
  readonly response: readonly Header[];
  /** Names of headers of backends that clients do not see. */
  readonly hidden: readonly string[];
}

/** What stands in http{} for headers. */
export type HeadersView = Readonly<{
  request: SideView;
  response: SideView;
  /** What is hidden of responses, and not replaced. */
  hidden: readonly Quoted[];
  grpc: GrpcView;
}>;

/** The same for gRPC, for which nginx has a list of its own: what is sent, and what is hidden. */
type GrpcView = Readonly<{ sent: readonly LineView[]; hidden: readonly Quoted[] }>;

type SideView = Readonly<{
  /** What all get, in its order. */
  common: readonly LineView[];
  /** Whether any location names a set. */
  hasSets: boolean;
  /** Whether any of the sets is of a request to whom a location asks first. */
  hasChecks: boolean;
  maps: readonly HeaderMapView[];
  /** What only some get. */
  others: readonly LineView[];
}>;

export type LineView = Readonly<{ name: Quoted; value: Quoted; replaces: boolean }>;

/** By the set that a location names, the value of a header. */
type HeaderMapView = Readonly<{
  name: Quoted;
  rows: readonly Readonly<{ tag: Quoted; value: Quoted }>[];
  otherwise: Quoted;
}>;

/** Names that give readable variables, different ones for different names. */
const PLAIN = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Longer names of variables need larger tables in nginx. */
const LONGEST_PLAIN = 32;
/** nginx takes these away wherever the value is empty. Source: ngx_http_headers_filter_module.c. */
const NOT_EMPTY = new Set(['last-modified', 'etag']);

/** What every backend gets. */
const FORWARDED: readonly Header[] = [
  { name: 'Host', value: variable('best_host') },
  { name: 'Upgrade', value: variable('upgrade') },
  { name: 'Connection', value: variable('connection_upgrade') },
  { name: 'HTTP2-Settings', value: EMPTY },
  { name: 'X-Request-ID', value: variable('req_id') },
  { name: 'X-Real-IP', value: variable('remote_addr') },
  { name: 'X-Forwarded-For', value: variable('remote_addr') },
  { name: 'X-Forwarded-Host', value: variable('best_host') },
  { name: 'X-Forwarded-Port', value: variable('forwarded_port') },
  { name: 'X-Forwarded-Proto', value: variable('scheme') },
  { name: 'X-Forwarded-Scheme', value: variable('scheme') },
  { name: 'X-Scheme', value: variable('scheme') },
  { name: 'X-Original-Forwarded-For', value: variable('http_x_forwarded_for') },
  { name: 'X-Original-Forwarded-Host', value: variable('http_x_forwarded_host') },
  { name: 'Proxy', value: EMPTY },
];

/** The same, where proxies in front of nginx say who asks, and how. */
function forwarded(facts: Facts): readonly Header[] {
  const { scheme, host, port } = asAsked(facts);
  const asked: ReadonlyMap<Quoted, Quoted> = new Map([
    [variable('scheme'), scheme],
    [variable('best_host'), host],
    [variable('forwarded_port'), port],
  ]);
  const named = forwardedHeaders(facts);
  const common = FORWARDED.map(({ name, value }) => ({ name, value: named.get(name) ?? asked.get(value) ?? value }));
  return [...common, ...furtherHeaders(facts)];
}

export function headersView(sets: readonly HeaderSet[], ofAll: HeadersOfAll, facts: Facts): HeadersView {
  const hiddenNames = new Set(ofAll.hidden.map(lowerCase));
  const request = sideView('request', sets, lastOfName([...forwarded(facts), ...ofAll.request]), hiddenNames);
  const response = sideView('response', sets, lastOfName(ofAll.response), hiddenNames);
  const replaced = new Set(replacedIn(response).map(lowerCase));
  const hidden = ofAll.hidden.filter(name => !replaced.has(lowerCase(name))).map(headerName);
  return { request, response, hidden, grpc: grpcView(request, response, hidden) };
}

function replacedIn({ common, others }: SideView): readonly Quoted[] {
  return [...common, ...others].filter(({ replaces }) => replaces).map(({ name }) => name);
}

/** Of the hop from client to nginx: HTTP/2 has none of them. */
const OF_HTTP_1 = new Set(['upgrade', 'connection']);

function grpcView(request: SideView, response: SideView, hidden: readonly Quoted[]): GrpcView {
  const sent = [...request.common, ...request.others];
  return {
    sent: sent.filter(({ name }) => !OF_HTTP_1.has(name.toLowerCase())),
    hidden: [...replacedIn(response), ...hidden],
  };
}

/** The whole of what a backend gets, for a location in which no set may be named. */
export function wholeRequest(headers: readonly Header[], facts: Facts): readonly LineView[] {
  const own = new Set(headers.map(({ name }) => name.toLowerCase()));
  const common = [...forwarded(facts), AUTHORIZATION].filter(({ name }) => !own.has(name.toLowerCase()));
  return [...common, ...headers].map(lineView);
}

/** The last of those that have one name: a backend gets each once. */
export function lastOfName(headers: readonly Header[]): readonly Header[] {
  const byName = new Map(headers.map(header => [header.name.toLowerCase(), header]));
  return byName.size === headers.length ? headers : [...byName.values()];
}

interface Row {
  readonly tag: Quoted;
  readonly value: Quoted;
}

/** @param hidden names in small letters */
function sideView(
  of: HeaderSet['of'],
  sets: readonly HeaderSet[],
  common: readonly Header[],
  hidden: ReadonlySet<string>,
): SideView {
  const own = sets.filter(set => set.of === of);
  const asked = rowsByKey(own);
  const maps: HeaderMapView[] = [];
  const mapFor = (key: string, rows: readonly Row[], otherwise: Quoted): Quoted => {
    const result = variable(variableFor(of, key));
    maps.push({ name: result, rows, otherwise });
    return result;
  };
  const lines = common.map(header => {
    const key = keyOf(header.name, 0);
    const rows = asked.get(key)?.rows;
    asked.delete(key);
    return lineView(rows === undefined ? header : { ...header, value: mapFor(key, rows, header.value) });
  });
  if (own.some(({ hides }) => hides === true)) {
    const known = new Set(common.map(({ name }) => lowerCase(name)));
    const missing = SENT_ON_NAMES.filter(name => !known.has(lowerCase(name)) && !asked.has(lowerCase(name)));
    for (const name of missing) if (!hidden.has(lowerCase(name))) asked.set(lowerCase(name), { name, rows: [] });
  }
  const others = [...asked].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    common: lines,
    hasSets: own.length > 0,
    hasChecks: own.some(({ isOfCheck }) => isOfCheck),
    others: others.map(([key, { name, rows }]) => {
      if (of === 'response' && NOT_EMPTY.has(key)) throw new Error(`nginx would take ${key} away from other responses`);
      const isSentOn = of === 'response' && SENT_ON.has(key);
      const otherwise = hidden.has(key) ? EMPTY : unasked(of, key, isSentOn);
      const value = rows.length === 0 ? otherwise : mapFor(key, rows, otherwise);
      return { name: headerName(name), value, replaces: isSentOn };
    }),
    maps,
  };
}

/** What a header is where no set has it: what it would be if no location asked for it. */
function unasked(of: HeaderSet['of'], key: string, isSentOn: boolean): Quoted {
  const words = key.replaceAll('-', '_');
  // A second one of its name comes from a set only.
  if (/\W/.test(words)) return EMPTY;
  if (of === 'request') return key === 'authorization' ? AUTHORIZATION.value : variable(`http_${words}`);
  return isSentOn ? variable(`upstream_http_${words}`) : EMPTY;
}

/** The values that sets give to each header, by its key; several of one name in a set are several. */
function rowsByKey(sets: readonly HeaderSet[]): Map<string, { readonly name: string; readonly rows: Row[] }> {
  const byKey = new Map<string, { readonly name: string; readonly rows: Row[] }>();
  for (const { tag, headers } of sets) {
    const counts = new Map<string, number>();
    for (const { name, value } of headers) {
      const lower = name.toLowerCase();
      const count = counts.get(lower) ?? 0;
      counts.set(lower, count + 1);
      const key = keyOf(name, count);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { name, rows: [{ tag, value }] });
      else known.rows.push({ tag, value });
    }
  }
  return byKey;
}

/** @param count how many of this name come before it */
function keyOf(name: string, count: number): string {
  return `${name.toLowerCase()}${count === 0 ? '' : ` ${count + 1}`}`;
}

function variableFor(of: HeaderSet['of'], key: string): string {
  const [name = '', count] = key.split(' ');
  const isPlain = PLAIN.test(name) && name.length <= LONGEST_PLAIN;
  const words = isPlain ? name.replaceAll('-', '_') : createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `${of}_${words}${count === undefined ? '' : `__${count}`}`;
}

function lineView({ name, value, replaces }: Header): LineView {
  return { name: headerName(name), value, replaces: replaces === true };
}
