import { isKnownVariable, isVariableOfNginx } from '../routing/nginx-variables.ts';
import type { VariablePart } from '../routing/snippets.ts';

/**
 * What the controller sets in each location and in the server, which snippets of it may use.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl.
 */
const OF_CONTROLLER: ReadonlySet<string> = new Set([
  'best_http_host',
  'ingress_name',
  'location_path',
  'namespace',
  'pass_access_scheme',
  'pass_port',
  'pass_server_port',
  'proxy_alternative_upstream_name',
  'proxy_upstream_name',
  'req_id',
  'service_name',
  'service_port',
  'the_real_ip',
]);

/** Variables of TLS and of what a backend has answered, which every nginx that we write for has. */
const FURTHER: ReadonlySet<string> = new Set(
  (
    'proxy_add_x_forwarded_for proxy_host proxy_port ssl_cipher ssl_client_cert ssl_client_escaped_cert ' +
    'ssl_client_fingerprint ssl_client_i_dn ssl_client_i_dn_legacy ssl_client_raw_cert ssl_client_s_dn ' +
    'ssl_client_s_dn_legacy ssl_client_serial ssl_client_v_end ssl_client_v_remain ssl_client_v_start ' +
    'ssl_client_verify ssl_protocol ssl_server_name ssl_session_id ssl_session_reused upstream_addr ' +
    'upstream_bytes_received upstream_bytes_sent upstream_cache_status upstream_connect_time upstream_header_time ' +
    'upstream_response_length upstream_response_time upstream_status'
  ).split(' '),
);
const FURTHER_FAMILIES = /^(?:upstream_cookie|upstream_trailer|sent_trailer)_[a-z0-9_]+$/;

/** Of nginx itself, and may be set. */
const CHANGEABLE: ReadonlySet<string> = new Set(['args', 'limit_rate']);

/** What nginx decodes, or a client sends as it likes: the end of a line may be in it. */
const RAW: ReadonlySet<string> = new Set([
  'document_uri',
  'realpath_root',
  'remote_user',
  'request_body',
  'request_filename',
  'ssl_client_cert',
  'ssl_client_raw_cert',
  'uri',
]);

/** Which variables there are where a snippet stands. */
export interface KnownVariables {
  /** In lower case: what snippets set here. */
  readonly set: ReadonlySet<string>;
  /** Other names are taken for variables of nginx, which says so itself where they are not. */
  readonly isOpen: boolean;
}

/** The variable of a name, in lower case; undefined for one that nobody sets. */
export function variableOf(name: string, known: KnownVariables): VariablePart | undefined {
  if (OF_CONTROLLER.has(name)) return { kind: 'variable', of: 'controller', name };
  if (isKnownVariable(name) || FURTHER.has(name) || FURTHER_FAMILIES.test(name)) {
    const part = { kind: 'variable', of: 'nginx', name } as const;
    return RAW.has(name) ? { ...part, isRaw: true } : part;
  }
  if (known.isOpen) return { kind: 'variable', of: 'nginx', name, isRaw: true };
  return known.set.has(name) ? { kind: 'variable', of: 'snippet', name, isRaw: true } : undefined;
}

/** The variable of a name that a snippet sets; a text says why it must not. */
export function settable(name: string, { isOpen }: KnownVariables): VariablePart | string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name) || name.length > LONGEST_NAME) return 'is not the name of a variable';
  if (OF_CONTROLLER.has(name)) return 'is a variable of the controller, which nothing reads here';
  if (CHANGEABLE.has(name)) return { kind: 'variable', of: 'nginx', name };
  if (isVariableOfNginx(name) || FURTHER.has(name)) return 'is a variable of nginx';
  return { kind: 'variable', of: isOpen ? 'nginx' : 'snippet', name };
}

/** More than nginx's tables take without being told. */
const LONGEST_NAME = 64;
