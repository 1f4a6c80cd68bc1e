import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Peer, Peers } from '../routing/model.ts';

/** What a finding about a backend says; its place is that of whoever names the backend. */
export type BackendFinding = Pick<Finding, 'rule' | 'message' | 'help'>;

/** Where requests for a backend go: to peers, or nowhere. */
export interface Reached {
  /** Undefined: its locations answer 503. */
  readonly peers: Peers | undefined;
  readonly finding: BackendFinding | undefined;
}

export function to(addresses: readonly Peer[]): Reached {
  return { peers: { kind: 'addresses', addresses }, finding: undefined };
}

export function nowhere(rule: Finding['rule'], message: string, help: string): Reached {
  return { peers: undefined, finding: { rule, message, help } };
}
