/**
 * Variables that open-source nginx 1.22 and later always have in a location.
 * Source: the alphabetical index of variables in nginx's documentation, without those of optional modules.
 */
const VARIABLES = new Set(
  (
    'args binary_remote_addr body_bytes_sent bytes_sent connection connection_requests connection_time content_length ' +
    'content_type document_root document_uri host hostname https is_args limit_rate msec nginx_version pid pipe ' +
    'proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port query_string ' +
    'realpath_root remote_addr remote_port remote_user request request_body request_body_file request_completion ' +
    'request_filename request_id request_length request_method request_time request_uri scheme sent_http_connection ' +
    'server_addr server_name server_port server_protocol status time_iso8601 time_local uri'
  ).split(' '),
);

const FAMILIES = /^(?:arg|http|cookie|sent_http|upstream_http)_[a-z0-9_]+$/i;

/** Whether nginx knows a variable of this name (without `$`), so that a configuration that uses it loads. */
export function isKnownVariable(name: string): boolean {
  return VARIABLES.has(name.toLowerCase()) || FAMILIES.test(name);
}

/** Those of other modules, of other places than locations, and of newer versions. */
const OTHERS = new Set(
  (
    'ancient_browser date_gmt date_local fastcgi_path_info fastcgi_script_name gzip_ratio http2 http3 invalid_referer ' +
    'limit_conn_status limit_req_status memcached_key modern_browser msie pass_status request_port secure_link ' +
    'secure_link_expires slice_range spdy spdy_request_priority is_request_port'
  ).split(' '),
);
const OTHER_FAMILIES =
  /^(?:acme|arg|connections|cookie|geoip2?|http|jwt|oidc|otel|proxy|quic|realip|sent_http|sent_trailer|session_log|ssl|stub|tcpinfo|trailer|uid|upstream)_/i;

/** Whether any nginx may have a variable of this name, which a group of this name would overwrite. */
export function isVariableOfNginx(name: string): boolean {
  return isKnownVariable(name) || OTHERS.has(name.toLowerCase()) || OTHER_FAMILIES.test(name);
}
