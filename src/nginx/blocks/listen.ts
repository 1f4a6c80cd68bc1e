import { bareWord } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { Listeners } from '../../routing/model.ts';

/** What `listen` takes for each port of a server, one for each address. */
export type ListenersView = Readonly<{
  http: readonly Quoted[];
  https: readonly Quoted[];
  takesProxyProtocol: boolean;
  reusesPort: boolean;
  /** Those of HTTPS do, too, where something of ours is before them. */
  httpsTakesProxyProtocol: boolean;
}>;

export function listenersView(listeners: Listeners): ListenersView {
  const { addresses, httpPort, httpsPort, takesProxyProtocol, passing, reusesPort } = listeners;
  return {
    http: listenOn(addresses, httpPort),
    https: passing === undefined ? listenOn(addresses, httpsPort) : listenOn(['127.0.0.1'], passing.https),
    takesProxyProtocol: takesProxyProtocol === true,
    reusesPort: reusesPort === true,
    httpsTakesProxyProtocol: takesProxyProtocol === true || passing !== undefined,
  };
}

/** `80` is all of IPv4, `[::]:80` all of IPv6 and nothing else. */
export function listenOn(addresses: readonly string[], port: number): readonly Quoted[] {
  return addresses.map(address => {
    if (address === '0.0.0.0') return bareWord(String(port));
    return bareWord(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
  });
}
