import type { Finding, Lacking } from '../diagnostics/diagnostic.ts';
import type { Peer, Peers, Via } from '../routing/model.ts';
import type { FoundPeers } from './ready-peers.ts';

/** What a finding about a backend says; its place is that of whoever names the backend. */
export type BackendFinding = Pick<Finding, 'rule' | 'message' | 'help' | 'lacks'>;

/**
 * What is not known for sure of the way to a backend, and said once for all of them: that a Service is in another place
 * (`elsewhere`), that its pods are, though endpoints of others are in the input (`unlisted`), that endpoints which only
 * people write are (`unwritten`), that somebody knows an external name (`external-name`), the host of a URL (`host-name`)
 * or the name of a Service (`service-name`).
 */
export type Assumption = 'elsewhere' | 'unlisted' | 'unwritten' | 'external-name' | 'host-name' | 'service-name';

/** Where requests for a backend go: to peers, or nowhere. */
export interface Reached {
  /** Undefined: its locations answer 503. */
  readonly peers: Peers | undefined;
  readonly finding: BackendFinding | undefined;
  readonly assumptions: readonly Assumption[];
  /** The Service (`namespace/name`) that it leads to by its DNS name, if the input does not hold it. */
  readonly absent?: string;
  /** Without peers: so many endpoints are not ready; missing where nothing is known of them. */
  readonly notReady?: number;
}

/** An object was refused, which has been said: nothing that it should lead to is guessed. */
export const REFUSED: Reached = { peers: undefined, finding: undefined, assumptions: [] };

/** To endpoints themselves. */
export function to({ ready, notReady }: FoundPeers): Reached {
  const peers: Peers = { kind: 'addresses', addresses: ready, ...(notReady === 0 ? {} : { notReady }) };
  return { peers, finding: undefined, assumptions: [] };
}

/** To addresses behind which the endpoints are. */
export function toVia(via: Via, addresses: readonly Peer[]): Reached {
  return { peers: { kind: 'addresses', addresses, via }, finding: undefined, assumptions: [] };
}

/** To a name that nginx looks up while it serves. */
export function toName(host: string, port: number, assumptions: readonly Assumption[]): Reached {
  return { peers: { kind: 'name-at-request', host, port }, finding: undefined, assumptions };
}

/** The same, with one thing more that is not known for sure. */
export function assuming(reached: Reached, assumption: Assumption): Reached {
  return { ...reached, assumptions: [...reached.assumptions, assumption] };
}

export function nowhere(rule: Finding['rule'], message: string, help: string): Reached {
  return { peers: undefined, finding: { rule, message, help }, assumptions: [] };
}

/** The same, since an object is not in the input. */
export function lacking(lacks: Lacking, finding: BackendFinding): Reached {
  return { peers: undefined, finding: { ...finding, lacks }, assumptions: [] };
}
