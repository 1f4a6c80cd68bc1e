import { bareWord } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { Listeners } from '../../routing/model.ts';

/** What `listen` takes for each port of a server, one for each address. */
export type ListenersView = Readonly<{
  http: readonly Quoted[];
  https: readonly Quoted[];
  takesProxyProtocol: boolean;
}>;

export function listenersView({ addresses, httpPort, httpsPort, takesProxyProtocol }: Listeners): ListenersView {
  return {
    http: listenOn(addresses, httpPort),
    https: listenOn(addresses, httpsPort),
    takesProxyProtocol: takesProxyProtocol === true,
  };
}

/** `80` is all of IPv4, `[::]:80` all of IPv6 and nothing else. */
export function listenOn(addresses: readonly string[], port: number): readonly Quoted[] {
  return addresses.map(address => {
    if (address === '0.0.0.0') return bareWord(String(port));
    return bareWord(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
  });
}
