import { slashPaths, slashRedirectView } from '../policies/slash-redirect.ts';
import { serverRedirectView, sharedTlsRedirect } from '../policies/tls-redirect.ts';
import { bareWord, commentText, escapeRegex, quote } from '../quote.ts';

import { locationView } from './location.ts';

import type { ListenersView } from './listen.ts';
import type { LocationContext, LocationView } from './location.ts';
import type { SlashRedirectView } from '../policies/slash-redirect.ts';
import type { TlsRedirectView } from '../policies/tls-redirect.ts';
import type { Quoted } from '../quote.ts';
import type { ObjectName } from '../../diagnostics/place.ts';
import { isSameObject, objectText } from '../../diagnostics/place.ts';
import { resourceTexts } from '../../diagnostics/provenance.ts';
import { isHostPattern, patternRegex } from '../../routing/hosts.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import type { Policies } from '../../routing/policies.ts';
import type { Syntax } from '../version.ts';

/** What templates/server.conf shows. */
export type ServerView = Readonly<{
  comment: readonly Quoted[];
  name: Quoted;
  listeners: ListenersView;
  isDefault: boolean;
  hasTls: boolean;
  /** Only the default server says so: the flag holds for the whole socket. */
  hasHttp2Flag: boolean;
  /** Path of a file with both the chain and the key. */
  certificate: Quoted | undefined;
  rejectsHandshake: boolean;
  tlsRedirect: TlsRedirectView | undefined;
  locations: readonly LocationView[];
  /** Stands for further ones. */
  moreLocations: Quoted | undefined;
  slashRedirects: readonly SlashRedirectView[];
}>;

/** Also names that no Ingress may have and requests can bear: what is closed has any of them. */
const HOST = /^[a-z0-9_*-][a-z0-9._*-]*$/;
const COMMENT_COLUMNS = 100;
export const PLACEHOLDER_ID = 'placeholder';

/** What a server needs to know of the rest. */
export interface ServerContext extends LocationContext {
  readonly listeners: ListenersView;
}

export function serverView(server: Server, routing: Routing, syntax: Syntax, context: ServerContext): ServerView {
  const { defaultCertificate: fallback } = routing;
  const isDefault = server.host === '_';
  const slashes = slashPaths(server.locations);
  const redirect = sharedTlsRedirect(server.locations, slashes);
  const certificate = server.certificate ?? (isDefault ? defaultCertificateId(routing) : undefined);
  const hasTls = isDefault || fallback.kind !== 'reject' || certificate !== undefined;
  return {
    comment: serverComment(server, isDefault),
    name: serverName(server.host),
    listeners: context.listeners,
    isDefault,
    hasTls,
    hasHttp2Flag: isDefault && !syntax.http2Directive,
    certificate: certificate === undefined ? undefined : bareWord(certificatePath(certificate)),
    rejectsHandshake: isDefault && fallback.kind === 'reject',
    tlsRedirect: redirect && serverRedirectView(redirect, context.needs),
    locations: locationViews(server, redirect !== undefined, context),
    moreLocations: undefined,
    slashRedirects: slashes.map(slashRedirectView),
  };
}

/** Where the certificate and key of this id lie in the output folder. */
export function certificatePath(id: string): string {
  return `certs/${id}.pem`;
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

function locationViews(server: Server, isRedirected: boolean, context: LocationContext): readonly LocationView[] {
  const isShared = resourceTexts(server.from).size > 1;
  let above: ObjectName | undefined;
  return server.locations.map(location => {
    const view = locationView(location, ownPolicies(location, isRedirected), context);
    const resource = location.from[0]?.resource;
    const isOther = isShared && !isSameObject(resource, above);
    above = resource;
    return isOther
      ? { ...view, heading: commentText(resource === undefined ? 'No Ingress' : objectText(resource)) }
      : view;
  });
}

function ownPolicies({ policies }: Location, isRedirected: boolean): Policies<'location'> {
  if (!isRedirected) return policies;
  const { tlsRedirect: _, ...own } = policies;
  return own;
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
