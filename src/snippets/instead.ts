/** What does the same as a directive, for help: annotations, or options of the controller's ConfigMap. */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  `
allow: allowlist-source-range
deny: denylist-source-range
satisfy: satisfy
auth_basic: auth-type, auth-secret and auth-realm
auth_basic_user_file: auth-type and auth-secret
auth_request: auth-url
auth_request_set: auth-response-headers
add_header: custom-headers
more_set_headers: custom-headers
client_max_body_size: proxy-body-size
client_body_buffer_size: client-body-buffer-size
error_page: custom-http-errors and default-backend
fastcgi_index: fastcgi-index
fastcgi_param: fastcgi-params-configmap
limit_conn: limit-connections
limit_rate: limit-rate
limit_rate_after: limit-rate-after
limit_req: limit-rps or limit-rpm
mirror: mirror-target
modsecurity: enable-modsecurity
modsecurity_rules: modsecurity-snippet
proxy_buffer_size: proxy-buffer-size
proxy_buffering: proxy-buffering
proxy_buffers: proxy-buffers-number
proxy_busy_buffers_size: proxy-busy-buffers-size
proxy_connect_timeout: proxy-connect-timeout
proxy_cookie_domain: proxy-cookie-domain
proxy_cookie_path: proxy-cookie-path
proxy_http_version: proxy-http-version
proxy_intercept_errors: custom-http-errors
proxy_max_temp_file_size: proxy-max-temp-file-size
proxy_next_upstream: proxy-next-upstream
proxy_next_upstream_timeout: proxy-next-upstream-timeout
proxy_next_upstream_tries: proxy-next-upstream-tries
proxy_pass: a path with a backend of its own
proxy_read_timeout: proxy-read-timeout
proxy_redirect: proxy-redirect-from and proxy-redirect-to
proxy_request_buffering: proxy-request-buffering
proxy_send_timeout: proxy-send-timeout
proxy_ssl_certificate: proxy-ssl-secret
proxy_ssl_ciphers: proxy-ssl-ciphers
proxy_ssl_name: proxy-ssl-name
proxy_ssl_protocols: proxy-ssl-protocols
proxy_ssl_server_name: proxy-ssl-server-name
proxy_ssl_trusted_certificate: proxy-ssl-secret
proxy_ssl_verify: proxy-ssl-verify
proxy_ssl_verify_depth: proxy-ssl-verify-depth
return: permanent-redirect or temporal-redirect, if it redirects
rewrite: rewrite-target
rewrite_log: enable-rewrite-log
access_log: enable-access-log
server_name: server-alias
ssl_ciphers: ssl-ciphers
ssl_client_certificate: auth-tls-secret
ssl_prefer_server_ciphers: ssl-prefer-server-ciphers
ssl_protocols: the option ssl-protocols
ssl_verify_client: auth-tls-verify-client
ssl_verify_depth: auth-tls-verify-depth
gzip: the option use-gzip
gzip_types: the option gzip-types
keepalive_timeout: the option keep-alive
large_client_header_buffers: the option large-client-header-buffers
server_tokens: the option server-tokens
`
    .trim()
    .split('\n')
    .map(line => {
      const [directive = '', ...ways] = line.split(': ');
      return [directive, ways.join(': ')];
    }),
);

/** What to write instead of a directive that is outside of the language. */
export function insteadOf(directive: string): string {
  const other = otherWay(directive);
  return other === undefined ? 'remove it, or take it as it is with --snippets all' : `use ${other}`;
}

/** The annotations or options that do the same; undefined where none does. */
export function otherWay(directive: string): string | undefined {
  return INSTEAD.get(directive.replace(/^grpc_(?=connect_|read_|send_|next_|buffer_)/, 'proxy_'));
}
