import { shownValue } from '../../routing/secret-headers.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import { explain } from '../explain/explain.ts';
import { askedRequest, urlOf } from '../explain/asked-url.ts';
import type { AskedRequest, BackendChoice, Explanation, Outcome, SentHeader, SetHeader } from '../explain/model.ts';
import type { ChangeKind } from './kinds.ts';
import type { Change, ChangeExample, RouteName } from './model.ts';
import { canonical } from './plain.ts';
import type { Pair } from './policies.ts';
import { hostSample, pathSamples, targetOf } from './samples.ts';

/** So many changes get an example; there are as many that nobody would read. */
const MOST_EXAMPLES = 300;
/** Of one change: its routes are alike. */
const MOST_ROUTES = 3;

/** The changes, each with a request that is answered differently where one was found. */
export function withExamples(changes: readonly Change[], routings: Pair<Routing>): readonly Change[] {
  const servers = {
    before: new Map(routings.before.servers.map(server => [server.host, server])),
    after: new Map(routings.after.servers.map(server => [server.host, server])),
  };
  return changes.map((change, index) => {
    const example = index < MOST_EXAMPLES ? exampleOf(change, { routings, servers }) : undefined;
    return example === undefined ? change : { ...change, example };
  });
}

interface Sides {
  readonly routings: Pair<Routing>;
  readonly servers: Pair<ReadonlyMap<string, Server>>;
}

/** What no single request shows, or what explains nothing. */
const UNSHOWN =
  /^(?:limit|timeouts|body-size|buffering|logs|endpoints|affinity|balancing|connections|backend-tls|protocol|certificate|tls|errors|mirror|request-headers)-/;
/** What only headers of responses show. */
const IN_HEADERS = /^(?:cors|hsts|response-headers)-/;

function exampleOf(change: Change, sides: Sides): ChangeExample | undefined {
  if (UNSHOWN.test(change.kind)) return undefined;
  for (const request of requestsFor(change, sides)) {
    const [was, is] = [explain(sides.routings.before, request), explain(sides.routings.after, request)];
    const words = differenceOf(was, is, change.kind);
    if (words !== undefined) return { ...shownRequest(request), ...words };
  }
  return undefined;
}

function shownRequest(request: AskedRequest): Pick<ChangeExample, 'method' | 'url' | 'headers' | 'clientIp'> {
  const { method, headers, clientIp } = request;
  return {
    method,
    url: urlOf(request),
    ...(headers.length === 0 ? {} : { headers }),
    ...(clientIp === undefined ? {} : { clientIp }),
  };
}

function requestsFor(change: Change, sides: Sides): readonly AskedRequest[] {
  const routes = change.routes.length > 0 ? change.routes : routesOfHost(change.subject, sides);
  return routes.slice(0, MOST_ROUTES).flatMap(route => requestsOfRoute(route, change, sides));
}

function routesOfHost(host: string | undefined, { servers }: Sides): readonly RouteName[] {
  const server = servers.after.get(host ?? '') ?? servers.before.get(host ?? '');
  return server === undefined ? [] : server.locations.map(({ match, path }) => ({ host: server.host, match, path }));
}

function requestsOfRoute(route: RouteName, change: Change, { routings, servers }: Sides): readonly AskedRequest[] {
  const found = (side: 'before' | 'after'): Location | undefined => locationNamed(servers[side].get(route.host), route);
  const known = found('after') ?? found('before');
  const sides = (['before', 'after'] as const).flatMap(side => {
    const server = servers[side].get(route.host);
    const location = found(side) ?? server?.locations.find(({ written }) => isSamePath(written, known?.written));
    return server === undefined || location === undefined ? [] : [{ server, location, routing: routings[side] }];
  });
  const samples = new Set(sides.flatMap(each => pathSamples(each.location, each.server, each.routing)));
  const paths = /^(?:regex|plain)-host$/.test(change.kind) ? [...samples].flatMap(otherSpellings) : [...samples];
  const variants = sides.flatMap(each => variantsOf(each.location, each.routing, change));
  const all = /^(?:allow-list|cors)-/.test(change.kind) ? variants : [{}, ...variants];
  const schemes = change.kind.startsWith('https-redirect') ? (['http'] as const) : (['https', 'http'] as const);
  return paths.flatMap(path =>
    all.flatMap(variant =>
      schemes.map(scheme => askedRequest({ scheme, host: hostSample(route), target: targetOf(path) }, variant)),
    ),
  );
}

function locationNamed(server: Server | undefined, route: RouteName): Location | undefined {
  return server?.locations.find(({ match, path }) => match === route.match && path === route.path);
}

function isSamePath(one: Location['written'], other: Location['written']): boolean {
  return one !== undefined && other !== undefined && one.path === other.path && one.pathType === other.pathType;
}

/** What an expression takes, and a plain path does not. */
function otherSpellings(path: string): readonly string[] {
  return [path.toUpperCase(), `${path.replace(/\/$/, '')}x`, path].filter(each => each !== '');
}

interface Variant {
  readonly method?: string;
  readonly headers?: readonly SentHeader[];
  readonly clientIp?: string;
}

/** Addresses that belong to nobody. */
const STRANGER = '198.51.100.7';

/** What else of a request may make the difference. */
function variantsOf(
  { target, policies: { sourceRange, cors } }: Location,
  { splits }: Routing,
  change: Change,
): readonly Variant[] {
  const split = target.kind === 'proxy' ? splits.find(({ name }) => name === target.to.name) : undefined;
  const rules = (split?.rules ?? []).flatMap(({ when: { of, name, is } }): readonly Variant[] => {
    if (is.kind !== 'text') return [];
    return [
      { headers: [of === 'header' ? { name, value: is.text } : { name: 'Cookie', value: `${name}=${is.text}` }] },
    ];
  });
  const networks = [...(sourceRange?.asks.allowed ?? []), ...(sourceRange?.asks.denied ?? [])].slice(0, 8);
  const addresses = networks.map(network => ({ clientIp: network.replace(/\/.*$/, '') }));
  const asked = cors === undefined ? undefined : cors.asks.origins;
  const origin =
    asked === undefined || asked === 'any' ? 'https://other-site.invalid' : (asked[0] ?? '').replace('*', 'sample');
  const ofSites: readonly Variant[] = change.kind.startsWith('cors')
    ? [
        { headers: [{ name: 'Origin', value: 'https://other-site.invalid' }] },
        { headers: [{ name: 'Origin', value: origin }] },
      ]
    : [];
  return [...rules, ...(networks.length === 0 ? [] : [{ clientIp: STRANGER }, ...addresses]), ...ofSites];
}

/** How two answers differ, in a few words; undefined where they are the same, or nobody can tell. */
function differenceOf(
  was: Explanation,
  is: Explanation,
  kind: ChangeKind,
): Pick<ChangeExample, 'before' | 'after'> | undefined {
  if (was.outcome.kind === 'unclear' || is.outcome.kind === 'unclear') return undefined;
  const [before, after] = [outcomeWords(was.outcome), outcomeWords(is.outcome)];
  if (outcomeKey(was.outcome) !== outcomeKey(is.outcome)) return { before, after };
  if (!IN_HEADERS.test(kind)) return undefined;
  const header = differingHeader(was.responseHeaders, is.responseHeaders);
  if (header === undefined) return undefined;
  return { before: `${before}, ${headerWords(header, was)}`, after: `${after}, ${headerWords(header, is)}` };
}

/** Equal for outcomes that clients cannot tell apart, whatever the port of a Service is called. */
function outcomeKey(outcome: Outcome): string {
  if (outcome.kind !== 'backend') return outcomeWords(outcome);
  const choices = outcome.choices.map(({ service, upstream, percent, uri, host, peers }) => {
    const at = peers.kind === 'addresses' ? peers.addresses : peers;
    return [service?.replace(/:[^:]*$/, '') ?? upstream, at, percent, uri, host];
  });
  return canonical(choices);
}

function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'backend':
      return outcome.choices.map(choice => choiceWords(choice)).join(', ');
    case 'answer':
      return outcome.url === undefined ? String(outcome.status) : `${outcome.status} to ${outcome.url}`;
    case 'closed':
      return 'no answer: the connection is closed';
    case 'unclear':
      return 'unclear';
  }
}

function choiceWords({ service, upstream, uri, percent }: BackendChoice): string {
  const share = percent === 100 ? '' : ` (${percent}%)`;
  return `${service ?? upstream}${uri === undefined ? '' : ` gets ${uri}`}${share}`;
}

function differingHeader(was: readonly SetHeader[], is: readonly SetHeader[]): string | undefined {
  const names = [...was, ...is].map(({ name }) => name.toLowerCase());
  const of = (headers: readonly SetHeader[], name: string): string =>
    canonical(headers.filter(header => header.name.toLowerCase() === name));
  return names.find(name => of(was, name) !== of(is, name));
}

function headerWords(name: string, { responseHeaders }: Explanation): string {
  const header = responseHeaders.find(each => each.name.toLowerCase() === name);
  if (header === undefined) return `no ${name}`;
  return `${name}: ${header.value === undefined ? 'of nginx' : shownValue(name, header.value)}`;
}
