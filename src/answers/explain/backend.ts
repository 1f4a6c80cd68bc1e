import { listed } from '../../diagnostics/words.ts';
import { peerTexts } from '../../routing/peer-texts.ts';
import type { Peers, Routing, Upstream } from '../../routing/model.ts';
import type { Affinity } from '../../routing/policies/affinity.ts';
import type { Balancing } from '../../routing/policies/balancing.ts';
import type { Provenance } from '../../diagnostics/provenance.ts';
import { lastOfName } from './backend-headers.ts';
import type { OnTheWay } from './explainer.ts';
import type { BackendChoice, SetHeader, Step } from './model.ts';
import { causesOf } from './asking.ts';
import { headerOf } from './request-headers.ts';
import { fieldCauses } from './step.ts';

/** What is sent to a backend. */
export interface Sent {
  readonly uri: string;
  readonly headers: readonly SetHeader[];
}

/** The upstream of a name. They are sorted by name. */
export function upstreamOf(name: string, { upstreams }: Pick<Routing, 'upstreams'>): Upstream {
  let low = 0;
  let high = upstreams.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const upstream = upstreams[middle];
    if (upstream === undefined) break;
    if (upstream.name === name) return upstream;
    if (upstream.name < name) low = middle + 1;
    else high = middle - 1;
  }
  throw new Error(`no upstream ${name}`);
}

/** A backend that a request may be sent to, with what it gets. */
export function backendChoice(
  upstream: Upstream,
  percent: number,
  { uri, headers }: Sent,
  at: OnTheWay,
): BackendChoice {
  const { name, peers, protocol = 'http' } = upstream;
  const all = lastOfName(headers);
  return {
    upstream: name,
    service: upstream.service,
    percent,
    protocol,
    peers,
    // FastCGI backends get the URI as the client has sent it.
    uri: protocol === 'fastcgi' ? at.request.target : uri,
    host: all.find(header => header.name.toLowerCase() === 'host')?.value,
    headers: all.filter(header => header.name.toLowerCase() !== 'host'),
  };
}

/**
 * The step of a backend: the Service, its endpoints, and which of them is asked.
 *
 * @param from who leads there
 */
export function upstreamStep(
  upstream: Upstream,
  choice: BackendChoice,
  at: OnTheWay,
  from: readonly Provenance[],
): Step {
  const { peers, policies } = upstream;
  const { affinity, balancing, serviceUpstream, backendTls } = policies;
  const asked = [affinity, balancing, serviceUpstream, backendTls].flatMap(policy =>
    policy === undefined ? [] : causesOf(policy.from),
  );
  return {
    name: 'upstream',
    verdict: 'chose',
    text: `${serviceText(choice)}, ${placesText(peers)}, over ${protocolText(choice, at)}`,
    details: [...endpointDetails(upstream), ...spreading(upstream, at)],
    causes: [...fieldCauses(from.slice(0, 1)), ...asked],
  };
}

export function serviceText({ service, upstream }: Pick<BackendChoice, 'service' | 'upstream'>): string {
  return service === undefined ? `upstream ${upstream}` : `Service ${service}`;
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const PROTOCOLS = { http: 'HTTP', https: 'HTTPS', grpc: 'gRPC', grpcs: 'gRPC with TLS', fastcgi: 'FastCGI' } as const;

function protocolText({ protocol }: BackendChoice, { request }: OnTheWay): string {
  return PROTOCOLS[protocol === 'client' ? request.scheme : protocol];
}

/** What nginx sends requests to. */
export function placesText(peers: Peers): string {
  if (peers.kind === 'name-at-request') return `${peers.host}:${peers.port}, looked up while requests are served`;
  const { addresses, via, notReady } = peers;
  const count = addresses.length;
  const ready = notReady === undefined ? '' : `, and ${notReady} that ${notReady === 1 ? 'is' : 'are'} not ready`;
  return `${VIAS[via ?? 'endpoints'](count)}${ready}`;
}

const VIAS = {
  endpoints: (count: number) => countText(count, 'endpoint'),
  'cluster-ip': () => 'by its cluster IP',
  'node-port': () => 'by its port of the nodes',
  'port-forward': () => 'through kubectl port-forward',
  address: (count: number) => `${count} ${count === 1 ? 'address' : 'addresses'}`,
} as const;

/** More than a person reads. */
const MOST_SHOWN = 10;

function endpointDetails({ peers }: Upstream): readonly string[] {
  if (peers.kind !== 'addresses') return [];
  return [`${peers.via === undefined ? 'endpoints' : 'addresses'}: ${listed(peerTexts(peers), MOST_SHOWN)}`];
}

/** How nginx chooses one of the endpoints. */
function spreading({ peers, policies }: Upstream, at: OnTheWay): readonly string[] {
  if (peers.kind === 'addresses' && peers.addresses.length < 2) return [];
  const { affinity, balancing } = policies;
  if (affinity !== undefined && peers.kind === 'addresses') return [affinityText(affinity.asks, at)];
  if (balancing === undefined || (balancing.asks.kind === 'hash' && peers.kind !== 'addresses')) {
    return ['endpoints take turns (round robin)'];
  }
  return [balancingText(balancing.asks)];
}

function affinityText({ cookie: { name } }: Affinity, { request, routing }: OnTheWay): string {
  const sent = headerOf('Cookie', request, routing) ?? '';
  const has = sent.split(';').some(pair => pair.trim().startsWith(`${name}=`));
  return has
    ? `the cookie ${name} of the request keeps the client on one endpoint`
    : `session affinity: the cookie ${name} will keep the client on the endpoint that answers first`;
}

function balancingText(asks: Balancing): string {
  if (asks.kind === 'less-busy') return 'the less busy of two random endpoints is asked';
  const key = asks.key.map(part => ('text' in part ? part.text : `$${part.variable}`)).join('');
  const group = asks.subsetSize === undefined ? 'endpoint' : `group of ${asks.subsetSize} endpoints`;
  return `requests with the same ${key} go to the same ${group} (consistent hashing)`;
}
