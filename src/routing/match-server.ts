import { readHost } from './host-name.ts';
import type { Passthrough, Routing, Server } from './model.ts';
import type { FittingName, NameKind } from './server-names.ts';
import { fittingNames, hasTls, serverNames } from './server-names.ts';

/** What nginx knows of a request when it looks for the server. */
export interface AskedServer {
  readonly scheme: 'http' | 'https';
  /** The Host header as sent, or the host of an absolute URL; undefined where there is none (HTTP/1.1 must have one). */
  readonly host: string | undefined;
  /** The name in the TLS handshake; undefined where the client names none. */
  readonly sni: string | undefined;
}

export type ServerMatch =
  | FoundServer
  /** nginx answers by itself, before it looks at anything of the request. */
  | { readonly kind: 'refused'; readonly status: 400 | 421; readonly reason: string }
  /** The TLS connection goes to the backend of the host as it is. */
  | { readonly kind: 'passed'; readonly passthrough: Passthrough }
  /** There is no TLS connection. */
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'unclear'; readonly reason: string };

export interface FoundServer {
  readonly kind: 'server';
  readonly server: Server;
  /** As nginx knows it: lower case, without port and final dot. */
  readonly host: string;
  /** The name of the server that fits; `_` of the default server. */
  readonly name: string;
  readonly by: NameKind;
  /** Continues `the server shop.example, `. */
  readonly because: string;
  /** Other servers, in the order in which nginx would have asked for them. */
  readonly losers: readonly ServerLoser[];
  /** Over HTTPS alone. */
  readonly tls?: ShownTls;
}

export interface ServerLoser {
  readonly server: Server;
  readonly name: string;
  /** Continues `*.example.com: `. */
  readonly reason: string;
}

/** The certificate that a client sees, which belongs to the name in its handshake and not to the Host header. */
export interface ShownTls {
  /** The server of that name, or the default one. */
  readonly server: Server;
  /** The id of a certificate, or our placeholder, for which nobody vouches. */
  readonly shows: { readonly kind: 'certificate'; readonly id: string } | { readonly kind: 'placeholder' };
  /** Whether it is that of the server, and not the default one. */
  readonly isOwn: boolean;
}

/**
 * The server that takes a request, and the certificate that its client sees.
 * Source: nginx's src/http/ngx_http_request.c, ngx_http_ssl_servername, ngx_http_set_virtual_server and
 * ngx_http_find_virtual_server.
 */
export function matchServer(routing: Routing, asked: AskedServer): ServerMatch {
  const handshake = asked.scheme === 'https' ? shakeHands(routing, asked.sni) : undefined;
  if (handshake !== undefined && handshake.kind !== 'shaken') return handshake;
  if (asked.host === undefined) return { kind: 'refused', status: 400, reason: 'the request has no Host header' };
  const host = readHost(asked.host);
  if (host === undefined) return { kind: 'refused', status: 400, reason: `"${asked.host}" is no valid Host header` };
  const found = findServer(routing, asked.scheme, host);
  if (found.kind !== 'server' || handshake === undefined) return found;
  const { named, tls } = handshake;
  if (named !== undefined && named !== host && asksForCertificate(found.server)) {
    const reason = `"${host}" asks for client certificates, and the TLS handshake names "${named}"`;
    return { kind: 'refused', status: 421, reason };
  }
  return { ...found, tls };
}

function asksForCertificate({ policies: { clientCertificate } }: Server): boolean {
  return clientCertificate !== undefined && clientCertificate.asks.verify !== 'off';
}

interface Shaken {
  readonly kind: 'shaken';
  /** The name by which a server was found. */
  readonly named: string | undefined;
  readonly tls: ShownTls;
}

function shakeHands(routing: Routing, sni: string | undefined): Shaken | Exclude<ServerMatch, FoundServer> {
  const passthrough = routing.listeners.passing === undefined ? undefined : passedHost(routing, sni);
  if (passthrough !== undefined) return { kind: 'passed', passthrough };
  const name = sni === undefined ? undefined : readHost(sni);
  const found = name === undefined ? undefined : findServer(routing, 'https', name);
  if (found?.kind === 'unclear') return found;
  const { defaultServer } = serverNames(routing, 'https');
  const server = found?.kind === 'server' ? found.server : defaultServer;
  if (server === undefined) return { kind: 'rejected', reason: 'nothing serves HTTPS' };
  const { defaultCertificate: fallback } = routing;
  const rejectsUnknown = fallback.kind === 'reject' || routing.http.tls?.asks.rejectsUnknown === true;
  if (server === defaultServer && rejectsUnknown) return { kind: 'rejected', reason: whyRejected(routing, name) };
  const named = server === defaultServer ? undefined : name;
  if (server.certificate !== undefined) {
    const shows = { kind: 'certificate', id: server.certificate } as const;
    return { kind: 'shaken', named, tls: { server, shows, isOwn: true } };
  }
  if (fallback.kind === 'reject') return { kind: 'rejected', reason: whyRejected(routing, name) };
  return { kind: 'shaken', named, tls: { server, shows: fallback, isOwn: false } };
}

/** nginx's map compares it without regard to case, and with the dot at its end. */
function passedHost({ passthroughs }: Routing, sni = ''): Passthrough | undefined {
  const name = sni.replaceAll(/[A-Z]/g, letter => letter.toLowerCase());
  return passthroughs.find(({ host }) => host === name);
}

function whyRejected(routing: Routing, name: string | undefined): string {
  const hasDefault = routing.defaultCertificate.kind !== 'reject';
  const others = hasDefault ? 'the options reject unknown hosts' : 'there is no default certificate';
  if (name === undefined) return `the TLS handshake names no host, and ${others}`;
  const [plain] = fittingNames(name, serverNames(routing, 'http'));
  return plain === undefined
    ? `no host has the name "${name}", and ${others}`
    : `"${plain.name}" has no certificate, and there is no default one`;
}

const BECAUSE: { readonly [K in NameKind]: string } = {
  exact: 'by its exact name',
  'wildcard-before': 'by a wildcard for any number of labels',
  'wildcard-behind': 'by a wildcard at its end',
  pattern: 'by a pattern',
  wildcard: 'by its wildcard',
  expression: 'by a regular expression',
  default: 'because no host has this name',
};

/** Why a name that fits, too, is not asked. Of the expressions, which our wildcards are, the first one decides. */
const COMES_LATER: { readonly [K in NameKind]: string } = {
  exact: 'another server has this name, too, and comes first',
  'wildcard-before': 'a more specific name fits',
  'wildcard-behind': 'a more specific name fits',
  pattern: 'a name that nginx asks for earlier fits',
  wildcard: 'an exact name is chosen before a wildcard',
  expression: 'regular expressions are tried last, in their order',
  default: 'a name fits',
};

/** More would tell nobody more. */
const MOST_LOSERS = 12;

function findServer(
  routing: Routing,
  scheme: 'http' | 'https',
  host: string,
): FoundServer | Extract<ServerMatch, { readonly kind: 'unclear' | 'rejected' }> {
  const names = serverNames(routing, scheme);
  let winner: FittingName | undefined;
  const losers: ServerLoser[] = [];
  for (const fitting of fittingNames(host, names)) {
    if (winner === undefined) {
      if (fitting.isUnclear) {
        return { kind: 'unclear', reason: `whether the expression "${fitting.name}" fits the host "${host}"` };
      }
      winner = fitting;
      continue;
    }
    const { server, name, kind } = fitting;
    if (server !== winner.server) addLoser(losers, { server, name, reason: whyLater(winner, kind) });
    if (losers.length === MOST_LOSERS) break;
  }
  if (winner !== undefined) {
    const { server, name, kind, isAlias } = winner;
    const because = isAlias ? `${BECAUSE[kind]}, the alias "${name}"` : BECAUSE[kind];
    return { kind: 'server', server, host, name, by: kind, because, losers };
  }
  const { defaultServer: server } = names;
  if (server === undefined) return { kind: 'rejected', reason: 'there is no server at all' };
  return {
    kind: 'server',
    server,
    host,
    name: '_',
    by: 'default',
    because: BECAUSE.default,
    losers: nearNames(routing, scheme, host),
  };
}

/** Each server once. */
function addLoser(losers: ServerLoser[], loser: ServerLoser): void {
  if (!losers.some(({ server }) => server === loser.server)) losers.push(loser);
}

function whyLater(winner: FittingName, kind: NameKind): string {
  if (kind === 'wildcard' && winner.kind !== 'exact') return 'a name that nginx asks for earlier fits';
  return COMES_LATER[kind];
}

/** Servers that somebody may have meant, where none fits. */
function nearNames(routing: Routing, scheme: 'http' | 'https', host: string): readonly ServerLoser[] {
  const losers: ServerLoser[] = [];
  if (scheme === 'https') {
    for (const { server, name } of fittingNames(host, serverNames(routing, 'http'))) {
      if (!hasTls(server, routing)) addLoser(losers, { server, name, reason: WITHOUT_CERTIFICATE });
    }
  }
  const { oneLabel } = serverNames(routing, scheme);
  for (let dot = 0; dot !== -1; dot = host.indexOf('.', dot + 1)) {
    const base = dot === 0 ? host : host.slice(dot + 1);
    const near = oneLabel.get(base)?.name;
    if (near === undefined) continue;
    const reason = base === host ? NEEDS_LABEL : TAKES_ONE_LABEL;
    addLoser(losers, { server: near.server, name: near.name, reason });
  }
  return losers.slice(0, MOST_LOSERS);
}

const WITHOUT_CERTIFICATE = 'it has no certificate, nor is there a default one';
const NEEDS_LABEL = 'a wildcard stands for one label, and there is none';
const TAKES_ONE_LABEL = 'a wildcard stands for exactly one label, and here are more';
