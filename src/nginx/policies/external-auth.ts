import { lastOfName } from '../headers.ts';
import { programOf } from '../snippet-program.ts';
import { bareWord, EMPTY, indented, joinWord, quote, quoteLiteral, templateText, variable } from '../quote.ts';
import { quoteVariables } from '../variable-text.ts';

import type { TextPart } from '../../routing/variable-text.ts';
import type { AuthCache, ExternalAuth } from '../../routing/policies/external-auth.ts';
import type { Header } from '../headers.ts';
import type { HttpRenderer, LocationRenderer, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';

/** Of the request of a client, and not of the one to the service. */
const NOT_SENT = [
  'Upgrade',
  'Connection',
  'X-Forwarded-Host',
  'X-Forwarded-Port',
  'X-Forwarded-Proto',
  'X-Forwarded-Scheme',
  'X-Original-Forwarded-For',
  'X-Original-Forwarded-Host',
];

/** The headers of the request to the service. Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl. */
function headersOf({ host, method, redirect, sent }: ExternalAuth, tools: Tools): readonly Header[] {
  const url = [
    { ofController: 'pass_access_scheme' },
    { text: '://' },
    { ofController: 'best_http_host' },
    { variable: 'request_uri' },
  ] as const;
  const isTold = method !== undefined;
  return lastOfName([
    ...NOT_SENT.map(name => ({ name, value: EMPTY })),
    { name: 'Host', value: quoteVariables(host, tools) },
    { name: 'Authorization', value: variable('http_authorization') },
    { name: 'X-Scheme', value: isTold ? quoteVariables([{ ofController: 'pass_access_scheme' }], tools) : EMPTY },
    ...(isTold ? [{ name: 'X-Original-URI', value: variable('request_uri') }] : []),
    { name: 'X-Original-URL', value: quoteVariables(url, tools) },
    { name: 'X-Original-Method', value: variable('request_method') },
    { name: 'X-Sent-From', value: bareWord('nginx-ingress-controller') },
    { name: 'X-Auth-Request-Redirect', value: quoteVariables(redirect, tools) },
    ...sent.map(({ name, value }) => ({ name, value: quoteVariables(value, tools) })),
  ]);
}

/** The address at which nginx reaches itself, by HTTP: a PROXY protocol comes from others only. */
function ownAddress(isTls: boolean, { facts }: Tools): Quoted {
  const { addresses, httpPort, httpsPort } = facts.listeners;
  const [first = '0.0.0.0'] = addresses;
  const host = first === '0.0.0.0' ? '127.0.0.1' : first === '::' ? '::1' : first;
  return quote(`${host.includes(':') ? `[${host}]` : host}:${isTls ? httpsPort : httpPort}`);
}

function passTo({ to, uri, isTls }: ExternalAuth, tools: Tools): Quoted | undefined {
  if (to === undefined) return undefined;
  if (to.kind !== 'self') return tools.passTo(to, quoteVariables(uri, tools));
  if (tools.facts.listeners.takesProxyProtocol === true) return undefined;
  const begin = templateText(`proxy_pass ${isTls ? 'https' : 'http'}://${ownAddress(isTls, tools)}`);
  const own = joinWord(begin, quoteVariables(uri, tools));
  return tools.text('pass.conf', { to: own, pass: undefined, isLate: false });
}

/** What the keys of answers begin with: another host, service or path has answers of its own. */
const PLACE_IN_KEY: readonly TextPart[] = [
  { variable: 'server_name' },
  { text: ' ' },
  { variable: 'uri' },
  { text: ' ' },
  { variable: 'auth_path' },
  { text: ' ' },
];

type CacheView = Readonly<{ key: Quoted; valid: readonly (readonly Quoted[])[] }>;

function cacheView({ key, valid }: AuthCache, tools: Tools): CacheView {
  tools.declare.once('policies/external-auth.cache.http.conf');
  return {
    key: quoteVariables([...PLACE_IN_KEY, ...key], tools),
    valid: valid.map(words => words.split(' ').map(bareWord)),
  };
}

/** Where nginx asks; all locations of a server that ask the same have one such place. */
function askedAt(asks: ExternalAuth, tools: Tools): Quoted {
  const { declare, text } = tools;
  const pass = passTo(asks, tools);
  if (pass === undefined) {
    return declare.location({ name: 'auth', kind: 'check', text: text('policies/external-auth.nobody.conf', {}) });
  }
  const { isTls, host, method, cache, buffer, statements = [] } = asks;
  const { first, resumed, requestHeaders } = programOf(statements, tools);
  const { http } = tools.facts;
  const view = {
    pass,
    tlsName: isTls ? quoteVariables(host, tools) : undefined,
    method: method === undefined ? undefined : bareWord(method),
    isLogged: http.externalAuth?.asks.isLogged === true,
    buffer: buffer === undefined ? undefined : bareWord(buffer),
    cache: cache && cacheView(cache, tools),
    lines: indented([...first, ...resumed], 'location'),
  };
  return declare.location({
    name: 'auth',
    kind: 'check',
    text: text('policies/external-auth.check.conf', view),
    requestHeaders: lastOfName([...headersOf(asks, tools), ...requestHeaders]),
  });
}

/**
 * The variable that holds a header of the answer; names that differ in `-` and `_` alone are the same to nginx. It is
 * there, and empty, where a location answers by itself and asks nobody.
 */
function variableFor(header: string, { declare }: Tools): Quoted {
  const words = wordsOf(header);
  return declare.map({ name: `auth_${words}`.slice(0, 30), of: quote(words), rows: [], otherwise: EMPTY });
}

function wordsOf(header: string): string {
  return header.toLowerCase().replaceAll('-', '_');
}

export const renderExternalAuth: LocationRenderer<'externalAuth' | 'globalAuth'> = (asks, tools) => {
  const { declare, text } = tools;
  const { headers, alwaysSetsCookie, signIn, cache } = asks;
  const place = askedAt(asks, tools);
  const held = headers.map(name => ({ name, value: variableFor(name, tools) }));
  const taken = held.map(({ name, value }) => ({ to: value, from: variable(`upstream_http_${wordsOf(name)}`) }));
  const url = signIn && quoteVariables(signIn, tools);
  const page =
    url &&
    declare.location({ name: 'sign_in', kind: 'named', text: text('policies/external-auth.page.conf', { url }) });
  declare.once('policies/external-auth.http.conf');
  const cookie = variable(alwaysSetsCookie ? 'auth_cookie' : 'auth_cookie_if_fine');
  return {
    location: {
      access: text('policies/external-auth.conf', { place, taken }),
      ...(cache === undefined
        ? {}
        : { begin: text('policies/external-auth.path.conf', { path: quoteLiteral(cache.path, declare) }) }),
      ...(page === undefined ? {} : { always: text('policies/external-auth.sign-in.conf', { page }) }),
    },
    requestHeaders: held,
    responseHeaders: [{ name: 'Set-Cookie', value: cookie }],
  };
};

/** What they say counts where they are asked. */
export const renderAuthRequests: HttpRenderer<'externalAuth'> = () => ({});
