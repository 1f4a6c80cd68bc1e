import type { Peers } from './model.ts';

/** Endpoints, each as nginx reaches it: `10.0.0.1:8080`, `[2001:db8::1]:8080`, `db.example.com:5432`. */
export function peerTexts(peers: Peers): readonly string[] {
  if (peers.kind === 'name-at-request') return [`${peers.host}:${peers.port}`];
  return peers.addresses.map(({ address, port }) => `${address.includes(':') ? `[${address}]` : address}:${port}`);
}
