import { EMPTY, bareWord, templateText, variable } from '../quote.ts';
import { quoteVariables } from '../variable-text.ts';

import type { LocationRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';

type ParamView = Readonly<{ name: Quoted; value: Quoted; isOptional: boolean }>;

function given(name: string, value: Quoted, isOptional = false): ParamView {
  return { name: bareWord(name), value, isOptional };
}

/**
 * What every FastCGI backend gets. The folder is that of the controller's nginx, which backends know by that name. The
 * host is the one that nginx matched: that of a header can be another one.
 * Source: nginx 1.27, conf/fastcgi_params; ingress-nginx 1.15.1, images/nginx/rootfs/build.sh.
 */
const COMMON: readonly ParamView[] = [
  given('QUERY_STRING', variable('query_string')),
  given('REQUEST_METHOD', variable('request_method')),
  given('CONTENT_TYPE', variable('content_type')),
  given('CONTENT_LENGTH', variable('content_length')),
  given('SCRIPT_NAME', variable('fastcgi_script_name')),
  given('REQUEST_URI', variable('request_uri')),
  given('DOCUMENT_URI', variable('document_uri')),
  given('DOCUMENT_ROOT', bareWord('/usr/local/nginx/html')),
  given('SERVER_PROTOCOL', variable('server_protocol')),
  given('REQUEST_SCHEME', variable('scheme')),
  given('HTTPS', variable('https'), true),
  given('GATEWAY_INTERFACE', bareWord('CGI/1.1')),
  given('SERVER_SOFTWARE', templateText('nginx/$nginx_version')),
  given('REMOTE_ADDR', variable('remote_addr')),
  given('REMOTE_PORT', variable('remote_port')),
  given('SERVER_ADDR', variable('server_addr')),
  given('SERVER_PORT', variable('server_port')),
  given('SERVER_NAME', variable('server_name')),
  given('REDIRECT_STATUS', bareWord('200')),
  given('HTTP_HOST', variable('best_host')),
  given('HTTP_PROXY', EMPTY, true),
];

export const renderBackendProtocol: LocationRenderer<'backendProtocol'> = ({ index, params }, tools) => {
  const { declare, text } = tools;
  if (params.length === 0) declare.once('policies/backend-protocol.http.conf', { params: COMMON });
  const own = params.map(({ name, value }) => given(name, quoteVariables(value, tools)));
  const names = new Set(own.map(({ name }) => name));
  // nginx forgets those of http{} where a location has any of its own.
  const all = own.length === 0 ? [] : [...COMMON.filter(({ name }) => !names.has(name)), ...own];
  if (index === undefined && all.length === 0) return {};
  const view = { index: index === undefined ? undefined : bareWord(index), params: all };
  return { location: { content: text('policies/backend-protocol.conf', view) } };
};
