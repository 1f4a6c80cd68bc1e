import { hashSizes } from '../hash-sizes.ts';
import { bareWord, commentText, EMPTY } from '../quote.ts';

import { listenOn } from './listen.ts';
import { peersOf } from './upstream.ts';

import type { HashSizes } from '../hash-sizes.ts';
import type { Quoted } from '../quote.ts';
import { resourceTexts } from '../../diagnostics/provenance.ts';
import type { Passthrough, Routing } from '../../routing/model.ts';

/** What templates/passthrough.conf shows. */
export type PassingView = Readonly<{
  listeners: readonly Quoted[];
  takesProxyProtocol: boolean;
  reusesPort: boolean;
  headerTimeout: Quoted;
  /** Who may say in a PROXY protocol header who connects. */
  trusted: readonly Quoted[];
  httpsPort: number;
  passedPort: number;
  hosts: readonly PassedHostView[];
  /** Sizes of nginx's tables of hosts. */
  table: HashSizes;
}>;

type PassedHostView = Readonly<{
  name: Quoted;
  /** An upstream, or an address that is looked up for each connection; empty for nobody. */
  target: Quoted;
  upstream: Quoted | undefined;
  /** Of the upstream, unless an earlier host has declared it. */
  addresses: readonly Quoted[] | undefined;
  comment: Quoted;
}>;

/** Bytes; the same for most hosts. */
const USUAL_BUCKET = 512;

/** Undefined where all TLS connections end in nginx. */
export function passingView({ listeners, http, passthroughs }: Routing): PassingView | undefined {
  const { passing, addresses, httpsPort, takesProxyProtocol, reusesPort } = listeners;
  if (passing === undefined) return undefined;
  const declared = new Map<string, Quoted>();
  return {
    listeners: listenOn(addresses, httpsPort),
    takesProxyProtocol: takesProxyProtocol === true,
    reusesPort: reusesPort === true,
    headerTimeout: bareWord(passing.headerTimeout),
    trusted: (http.forwarded?.asks.trusted ?? []).map(bareWord),
    httpsPort: passing.https,
    passedPort: passing.passed,
    hosts: passthroughs.map(each => passedHostView(each, declared)),
    table: hashSizes(Math.max(0, ...passthroughs.map(({ host }) => host.length)), passthroughs.length, USUAL_BUCKET),
  };
}

/** The name of the upstream of a host, if it is the first one that leads there. */
export function passedUpstream({ host }: Pick<Passthrough, 'host'>): string {
  return `tls-${host}`;
}

/** Hosts that lead to the same port of a Service share an upstream. */
function passedHostView({ host, to, from }: Passthrough, declared: Map<string, Quoted>): PassedHostView {
  const view = { name: bareWord(host), comment: commentText([...resourceTexts(from)].join(', ')) };
  const nothing = { upstream: undefined, addresses: undefined };
  if (to === undefined) return { ...view, ...nothing, target: EMPTY };
  const addresses = peersOf(to.peers);
  const [address = EMPTY] = addresses;
  if (to.peers.kind === 'name-at-request') return { ...view, ...nothing, target: address };
  const known = declared.get(to.service);
  const upstream = known ?? bareWord(passedUpstream({ host }));
  declared.set(to.service, upstream);
  return { ...view, target: upstream, upstream, addresses: known === undefined ? addresses : undefined };
}
