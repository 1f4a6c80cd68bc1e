import { bareWord } from '../quote.ts';

import { peerAddress } from './upstream.ts';

import type { Quoted } from '../quote.ts';
import type { Stream } from '../../routing/model.ts';
import { commentText } from '../quote.ts';

/** What templates/stream.conf shows. */
export type StreamView = Readonly<{
  comment: Quoted;
  upstream: Quoted;
  port: number;
  addresses: readonly Quoted[];
  isUdp: boolean;
  acceptsProxyProtocol: boolean;
  sendsProxyProtocol: boolean;
}>;

export function streamView(stream: Stream): StreamView {
  const { protocol, port, addresses, acceptsProxyProtocol, sendsProxyProtocol, from } = stream;
  return {
    comment: commentText(from.resource),
    upstream: bareWord(`${protocol.toLowerCase()}-${port}`),
    port,
    addresses: addresses.map(peerAddress),
    isUdp: protocol === 'UDP',
    acceptsProxyProtocol,
    sendsProxyProtocol,
  };
}
