import type { Location } from '../../routing/model.ts';
import type { Template, TemplatePart, VariablePart } from '../../routing/snippets.ts';
import type { ControllerVariable, TextPart } from '../../routing/variable-text.ts';
import { cookieIn } from './cookies.ts';
import type { AtServer } from './explainer.ts';
import { asAsked, headerOf, isBelieved } from './request-headers.ts';

/** A request at its server, or at its location. */
export type Asking = AtServer & { readonly location?: Location };

/**
 * The value of a variable of nginx for a request; undefined where only nginx knows it, such as an id or a time.
 *
 * @param name without `$`, in lower case
 */
export function valueOf(name: string, at: Asking): string | undefined {
  const known = KNOWN[name];
  if (known !== undefined) return known(at);
  const [, family = '', rest = ''] = /^(http|cookie|arg)_(.+)$/.exec(name) ?? [];
  switch (family) {
    case 'http':
      return headerValue(rest, at);
    case 'cookie':
      return cookieIn(headerValue('cookie', at), rest) ?? '';
    case 'arg':
      return argumentOf(rest, at.query);
    default:
      return undefined;
  }
}

const KNOWN: Readonly<Partial<Record<string, (at: Asking) => string | undefined>>> = {
  args: ({ query }) => query ?? '',
  query_string: ({ query }) => query ?? '',
  is_args: ({ query }) => (query === undefined || query === '' ? '' : '?'),
  content_length: at => headerValue('content_length', at),
  content_type: at => headerValue('content_type', at),
  document_uri: ({ path }) => path,
  uri: ({ path }) => path,
  host: ({ request }) => matchedHost(request.host),
  https: ({ request }) => (request.scheme === 'https' ? 'on' : ''),
  remote_addr: ({ clientIp }) => clientIp,
  request_method: ({ request }) => request.method,
  request_uri: ({ request }) => request.target,
  scheme: ({ request }) => request.scheme,
  server_name: ({ server }) => (/^[a-z0-9_]/.test(server.host) ? server.host : undefined),
  ssl_client_verify: ({ request }) =>
    request.scheme === 'http' ? '' : request.hasClientCertificate ? 'SUCCESS' : 'NONE',
  ssl_server_name: ({ request }) => (request.scheme === 'http' ? '' : matchedHost(request.host)),
};

/** `$host`: without port and final dot, in lower case. */
function matchedHost(host: string): string {
  const name = /^\[.*\]/.exec(host)?.[0] ?? host.replace(/:\d*$/, '');
  return name.toLowerCase().replace(/\.$/, '');
}

function headerValue(name: string, { request, routing }: Asking): string {
  return name === 'host' ? request.host : (headerOf(name, request, routing) ?? '');
}

/** The first argument of this name, as it was sent. */
function argumentOf(name: string, query: string | undefined): string {
  for (const pair of (query ?? '').split('&')) {
    const end = pair.indexOf('=');
    if (end > 0 && pair.slice(0, end).toLowerCase() === name) return pair.slice(end + 1);
  }
  return '';
}

/** The value of a variable that the controller makes; undefined where only nginx knows it. */
export function controllerValueOf(name: string, at: Asking): string | undefined {
  const { request, routing } = at;
  const names = at.location?.policies.locationNames?.asks;
  switch (name) {
    case 'best_http_host':
      return asAsked(request, routing).host;
    case 'pass_access_scheme':
      return asAsked(request, routing).scheme;
    case 'pass_port':
      return isBelieved(routing) || routing.listeners.takesProxyProtocol === true
        ? undefined
        : request.scheme === 'https'
          ? '443'
          : '80';
    case 'pass_server_port':
      return String(request.scheme === 'https' ? routing.listeners.httpsPort : routing.listeners.httpPort);
    case 'req_id':
      return headerOf('X-Request-ID', request, routing);
    case 'the_real_ip':
      return at.clientIp;
    case 'escaped_request_uri':
      return escapedUri(request.target);
    case 'namespace':
      return names?.namespace;
    case 'ingress_name':
      return names?.ingress;
    case 'service_name':
      return names?.service;
    case 'service_port':
      return names?.port;
    case 'location_path':
      return names?.path;
    default:
      return undefined;
  }
}

/** The URI as the value of a query parameter. See src/nginx/escaped-uri.ts. */
function escapedUri(uri: string): string {
  return uri.replaceAll(/[%&+;]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A text in which each part has its value; a variable that only nginx knows stays as it was written. */
export function textOfParts(parts: readonly TextPart[], at: Asking): string {
  return parts
    .map(part => {
      if ('text' in part) return part.text;
      return valueOfPart(part, at) ?? `$${'variable' in part ? part.variable : part.ofController}`;
    })
    .join('');
}

/** The same, as a whole; undefined where only nginx knows one of its variables. */
export function valueOfParts(parts: readonly TextPart[], at: Asking): string | undefined {
  const values = parts.map(part => valueOfPart(part, at));
  return values.includes(undefined) ? undefined : values.join('');
}

function valueOfPart(part: TextPart, at: Asking): string | undefined {
  if ('text' in part) return part.text;
  if ('variable' in part) return valueOf(part.variable.toLowerCase(), at);
  return controllerValueOf(part.ofController satisfies ControllerVariable, at);
}

/** What snippets have set so far, and the groups of the expression that was matched last. */
export interface SnippetValues {
  readonly own: ReadonlyMap<string, string | undefined>;
  readonly groups: readonly (string | undefined)[];
}

/** The value of a variable in a snippet; undefined where only nginx knows it. */
export function snippetValueOf({ of, name }: VariablePart, values: SnippetValues, at: Asking): string | undefined {
  if (values.own.has(name)) return values.own.get(name);
  switch (of) {
    case 'nginx':
      return valueOf(name, at);
    case 'controller':
      return controllerValueOf(name, at);
    case 'snippet':
      return '';
  }
}

/** What would end the line of a header is taken as empty: in groups, too, in variables alone, or nowhere. */
export type Cleaned = 'all' | 'variables' | 'none';

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001F\u007F]/;

/**
 * The value of a template; undefined where a part of it is known to nginx alone. See src/nginx/snippet-text.ts.
 *
 * @param cleaned `all` for headers and the URLs of `return`
 */
export function templateValueOf(
  template: Template,
  values: SnippetValues,
  at: Asking,
  cleaned: Cleaned,
): string | undefined {
  let text = '';
  for (const part of template) {
    const value = partValue(part, values, at);
    if (value === undefined) return undefined;
    const isCleaned = part.kind === 'group' ? cleaned === 'all' : part.kind === 'variable' && cleaned !== 'none';
    text += isCleaned && CONTROL.test(value) ? '' : value;
  }
  return text;
}

function partValue(part: TemplatePart, values: SnippetValues, at: Asking): string | undefined {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'group':
      return values.groups[part.number] ?? '';
    case 'variable':
      return snippetValueOf(part, values, at);
  }
}

/** A template as somebody may have written it. */
export function templateText(template: Template): string {
  return template
    .map(part => (part.kind === 'text' ? part.text : part.kind === 'group' ? `$${part.number}` : `$${part.name}`))
    .join('');
}

/** A text in which `$name` and `${name}` are variables of nginx; those that only nginx knows stay as they are. */
export function textWithVariables(text: string, at: Asking): string {
  return text.replaceAll(/\$(?:\{(\w+)\}|([a-z_]\w*))/gi, (found, braced?: string, bare?: string) => {
    return valueOf((braced ?? bare ?? '').toLowerCase(), at) ?? found;
  });
}
