import { bareWord, indented, inLine } from '../quote.ts';

import type { Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Listeners } from '../../routing/model.ts';

/** The lines with which servers listen. */
export interface ListenLines {
  /** Of the default server, whose flags hold for the whole socket. */
  readonly ofDefault: Quoted;
  readonly withTls: Quoted;
  readonly withoutTls: Quoted;
}

/** @param hasHttp2Flag whether nginx is told of HTTP/2 where it listens */
export function listenLines(
  { addresses, httpPort, httpsPort, takesProxyProtocol, passing, reusesPort }: Listeners,
  hasHttp2Flag: boolean,
  { text }: Pick<Tools, 'text'>,
): ListenLines {
  const http = listenOn(addresses, httpPort);
  const https = passing === undefined ? listenOn(addresses, httpsPort) : listenOn(['127.0.0.1'], passing.https);
  const flags = {
    takesProxyProtocol: takesProxyProtocol === true,
    reusesPort: reusesPort === true,
    // Those of HTTPS do, too, where something of ours is before them.
    httpsTakesProxyProtocol: takesProxyProtocol === true || passing !== undefined,
  };
  const usual = { ...flags, isDefault: false, hasHttp2Flag: false };
  return {
    ofDefault: text('listen.conf', { ...flags, http, https, isDefault: true, hasHttp2Flag }),
    withTls: short(text('listen.conf', { ...usual, http, https })),
    withoutTls: short(text('listen.conf', { ...usual, http, https: [] })),
  };
}

/** In one line, if that is short: each server says it again. */
function short(lines: Quoted): Quoted {
  const line = inLine(lines);
  return (line && indented([line], 'server')) ?? lines;
}

/** `80` is all of IPv4, `[::]:80` all of IPv6 and nothing else. */
export function listenOn(addresses: readonly string[], port: number): readonly Quoted[] {
  return addresses.map(address => {
    if (address === '0.0.0.0') return bareWord(String(port));
    return bareWord(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
  });
}
