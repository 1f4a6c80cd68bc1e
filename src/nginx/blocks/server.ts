import { certificatePath } from '../secret-paths.ts';
import { bareWord, commentText, escapeRegex, joinLines, quote } from '../quote.ts';

import { internalViews } from './internal.ts';
import { viewLocations } from './locations.ts';

import type { InternalView } from './internal.ts';
import type { ListenLines } from './listen.ts';
import type { LocationView } from './location.ts';
import type { ComposeContext } from '../compose.ts';
import type { Declared } from '../made-parts.ts';
import type { DefaultLocation } from '../parts.ts';
import type { SlashRedirectView } from '../policies/slash-redirect.ts';
import type { OwnLocations } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import { resourceTexts } from '../../diagnostics/provenance.ts';
import { isHostPattern, patternRegex } from '../../routing/hosts.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import { slashPaths } from '../../routing/slash-paths.ts';

/** What templates/server.conf shows. */
export type ServerView = Readonly<{
  comment: readonly Quoted[];
  name: Quoted;
  aliases: readonly Quoted[] | undefined;
  listen: Quoted;
  /** Path of a file with both the chain and the key. */
  certificate: Quoted | undefined;
  rejectsHandshake: boolean;
  /** Nobody vouches for its certificate. */
  isUnstapled: boolean;
  /** The names of sets of headers that hold for all locations. */
  requestHeaders: Quoted | undefined;
  responseHeaders: Quoted | undefined;
  /** What policies say for all locations. */
  lines: Quoted | undefined;
  /** The names of headers of backends. */
  hidden: readonly Quoted[] | undefined;
  /** Locations that no path of the routing made. */
  ownLocations: Quoted | undefined;
  locations: readonly LocationView[];
  /** Stands for further ones. */
  moreLocations: Quoted | undefined;
  /** Locations that no Ingress made. */
  ofDefault: Quoted | undefined;
  slashRedirects: readonly SlashRedirectView[];
  internal: readonly InternalView[] | undefined;
}>;

/** Also names that no Ingress may have and requests can bear: what is closed has any of them. */
const HOST = /^[a-z0-9_*-][a-z0-9._*-]*$/;
const COMMENT_COLUMNS = 100;
export const PLACEHOLDER_ID = 'placeholder';

/** What a server needs to know of the rest. */
export interface ServerContext extends ComposeContext {
  readonly listen: ListenLines;
  /** Lines that all servers begin with. */
  readonly ofServers: readonly Quoted[];
  /** Lines that all servers have behind those of their own policies. */
  readonly behindServers: readonly Quoted[];
  readonly ofDefault: readonly DefaultLocation[];
  /** Locations that all servers have. */
  readonly ownOfServers: readonly OwnLocations[];
  /** Whether any of the lines that all servers begin with may say what locations would. */
  readonly saysAnythingInAll: boolean;
}

/** A server as templates show it, and what must stand elsewhere for it. */
export interface ViewedServer {
  readonly view: ServerView;
  /** The locations that `view` shows. */
  readonly shown: readonly Location[];
  readonly used: readonly Declared[];
}

export function serverView(server: Server, routing: Routing, context: ServerContext): ViewedServer {
  const { defaultCertificate: fallback } = routing;
  const isDefault = server.host === '_';
  const slashes = slashPaths(server.locations);
  const viewed = viewLocations(server, slashes, context);
  const { used, ofServer, requestHeaders, responseHeaders, lines, hidden, locations, slashRedirects } = viewed;
  const { facts } = context;
  // nginx serves no host without a certificate beside a default server without one.
  const rejects = fallback.kind === 'reject' || facts.http.tls?.asks.rejectsUnknown === true;
  const needsDefault = isDefault !== rejects || ofServer.some(({ parts }) => parts.needsCertificate === true);
  const certificate = server.certificate ?? (needsDefault ? defaultCertificateId(routing) : undefined);
  const hasTls = fallback.kind !== 'reject' || certificate !== undefined;
  const view = {
    comment: serverComment(server, isDefault),
    name: serverName(server.host),
    aliases: server.aliases?.map(alias => quote(alias)),
    listen: isDefault ? context.listen.ofDefault : hasTls ? context.listen.withTls : context.listen.withoutTls,
    certificate: certificate === undefined ? undefined : bareWord(certificatePath(certificate)),
    rejectsHandshake: isDefault && rejects,
    isUnstapled: facts.http.ocsp !== undefined && certificate === PLACEHOLDER_ID,
    requestHeaders,
    responseHeaders,
    lines: joinLines(lines === undefined ? context.ofServers : [...context.ofServers, lines]),
    hidden,
    ownLocations: viewed.ownLocations,
    locations,
    moreLocations: undefined,
    ofDefault: isDefault ? joinLines(freeLocations(server, context)) : undefined,
    slashRedirects,
    internal: internalViews(
      used,
      context.facts,
      ofServer.flatMap(({ parts }) => parts.requestHeaders ?? []),
    ),
  };
  return { view, shown: viewed.shown, used };
}

/** Those that no Ingress has: nginx takes a path once. */
function freeLocations({ locations }: Server, { ofDefault }: ServerContext): readonly Quoted[] {
  const taken = new Set(locations.map(({ path }) => path.replace(/\/$/, '')));
  return ofDefault.filter(({ path }) => !taken.has(path)).map(({ lines }) => lines);
}

/** The certificate of hosts that have none of their own. */
export function defaultCertificateId({ defaultCertificate }: Routing): string | undefined {
  switch (defaultCertificate.kind) {
    case 'certificate':
      return defaultCertificate.id;
    case 'placeholder':
      return PLACEHOLDER_ID;
    case 'reject':
      return undefined;
  }
}

/** A wildcard stands for one label here, for several in nginx's own `*.`, so it becomes a regular expression. */
function serverName(host: string): Quoted {
  if (host === '_') return bareWord(host);
  if (!HOST.test(host)) throw new Error(`not a host name: ${JSON.stringify(host)}`);
  if (isHostPattern(host)) return quote(`~${patternRegex(host)}`);
  if (!host.startsWith('*.')) return bareWord(host);
  return quote(`~^(?<subdomain>[\\w-]+)${escapeRegex(host.slice(1))}$`);
}

/** The Ingresses of a host, in lines of a readable length. */
function serverComment({ from }: Server, isDefault: boolean): readonly Quoted[] {
  const lines = isDefault ? ['Hosts that no Ingress names'] : [];
  let line = '';
  for (const resource of resourceTexts(from)) {
    if (line !== '' && line.length + resource.length > COMMENT_COLUMNS) {
      lines.push(`${line},`);
      line = resource;
    } else {
      line = line === '' ? resource : `${line}, ${resource}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map(commentText);
}
