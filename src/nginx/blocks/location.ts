import { withoutNames } from '../group-names.ts';
import { basicAuthView } from '../policies/basic-auth.ts';
import { rewriteView } from '../policies/rewrite.ts';
import { tlsRedirectView } from '../policies/tls-redirect.ts';
import { commentText, quote } from '../quote.ts';

import type { UpstreamNames } from './upstream.ts';
import type { BasicAuthView } from '../policies/basic-auth.ts';
import type { RewriteView } from '../policies/rewrite.ts';
import type { TlsRedirectView } from '../policies/tls-redirect.ts';
import type { HttpNeeds, Quoted } from '../quote.ts';
import type { Location, Target } from '../../routing/model.ts';
import type { Policies } from '../../routing/policies.ts';

/**
 * What templates/location.conf shows. Either one of the first three is set and the location fits in a line, or `block`
 * holds its directives.
 */
export type LocationView = Readonly<{
  /** The Ingress, where it is another one than that of the location above. */
  heading: Quoted | undefined;
  modifier: '' | '= ' | '~* ';
  path: Quoted;
  proxied: Quoted | undefined;
  answered: StatusView | undefined;
  unlogged: StatusView | undefined;
  block: BlockView | undefined;
}>;

export type StatusView = Readonly<{ code: number; reason: Quoted }>;

/** In the order in which nginx must read them; templates/location.conf gives the reasons. */
export type BlockView = Readonly<{
  /** A rewrite that is a redirect. */
  redirect: RewriteView | undefined;
  tlsRedirect: TlsRedirectView | undefined;
  answered: StatusView | undefined;
  lateAddress: Quoted | undefined;
  basicAuth: BasicAuthView | undefined;
  rewrite: RewriteView | undefined;
  upstream: Quoted | undefined;
  guarded: StatusView | undefined;
}>;

/** What a location needs to know of the rest. */
export interface LocationContext {
  readonly upstreams: UpstreamNames;
  readonly needs: HttpNeeds;
}

const MODIFIERS = { exact: '= ', prefix: '', regex: '~* ' } as const;

/** `policies` are those of the location that its server does not have already. */
export function locationView(
  location: Location,
  policies: Policies<'location'>,
  context: LocationContext,
): LocationView {
  const { match, target } = location;
  const line = hasPolicy(policies) ? undefined : lineView(target, context.upstreams);
  return {
    heading: undefined,
    modifier: MODIFIERS[match],
    path: quote(match === 'regex' ? withoutNames(checkedPath(location)).text : checkedPath(location)),
    proxied: line?.proxied,
    answered: line?.answered,
    unlogged: line?.unlogged,
    block: line === undefined ? blockView(target, policies, context) : undefined,
  };
}

/** Undefined where a line is too short for what must be said. */
function lineView(
  target: Target,
  upstreams: UpstreamNames,
): Partial<Pick<LocationView, 'proxied' | 'answered' | 'unlogged'>> | undefined {
  if (target.kind === 'status') {
    const view = statusView(target);
    return target.code === 200 ? { unlogged: view } : { answered: view };
  }
  const upstream = upstreams.get(target.to.name);
  return upstream?.kind === 'declared' ? { proxied: upstream.name } : undefined;
}

function blockView(target: Target, policies: Policies<'location'>, { upstreams, needs }: LocationContext): BlockView {
  const { tlsRedirect, basicAuth, rewrite } = policies;
  const rewritten = rewrite && rewriteView(rewrite.asks, needs);
  const redirect = rewrite?.asks.isRedirect === true ? rewritten : undefined;
  const nothing = { answered: undefined, lateAddress: undefined, basicAuth: undefined, rewrite: undefined };
  const toHttps = tlsRedirect && tlsRedirectView(tlsRedirect.asks, needs);
  const blank = { ...nothing, upstream: undefined, guarded: undefined, redirect, tlsRedirect: toHttps };
  if (target.kind === 'status') {
    // `return` runs before the password is asked for; ingress-nginx asks first where its default backend would answer
    if (target.code !== 404 || basicAuth === undefined) return { ...blank, answered: statusView(target) };
    return { ...blank, basicAuth: basicAuthView(basicAuth.asks, needs), guarded: statusView(target) };
  }
  const upstream = upstreams.get(target.to.name);
  if (upstream === undefined) throw new Error(`no upstream ${target.to.name}`);
  return {
    ...blank,
    lateAddress: upstream.kind === 'late' ? upstream.address : undefined,
    basicAuth: basicAuth && basicAuthView(basicAuth.asks, needs),
    rewrite: redirect === undefined ? rewritten : undefined,
    upstream: upstream.kind === 'declared' ? upstream.name : undefined,
  };
}

function statusView({ code, reason }: Extract<Target, { readonly kind: 'status' }>): StatusView {
  return { code, reason: commentText(reason) };
}

function hasPolicy(policies: Policies<'location'>): boolean {
  return policies.tlsRedirect !== undefined || policies.basicAuth !== undefined || policies.rewrite !== undefined;
}

/** A path that starts otherwise would change the kind of the location, quoted or not. */
function checkedPath({ match, path }: Location): string {
  if (!path.startsWith(match === 'regex' ? '^/' : '/')) throw new Error(`not a path: ${JSON.stringify(path)}`);
  return path;
}
