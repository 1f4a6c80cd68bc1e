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

/**
 * Variables of modules that are needed here anyway, or that every nginx has which is not cut down; in texts for which
 * nginx looks them up when the request is answered.
 * Source: the same, and nginx 1.22 itself.
 */
const OF_USUAL_MODULES = new Set(
  (
    'date_gmt date_local gzip_ratio http2 proxy_add_x_forwarded_for proxy_host proxy_port realip_remote_addr ' +
    'realip_remote_port ssl_cipher ssl_ciphers ssl_client_cert ssl_client_escaped_cert ssl_client_fingerprint ' +
    'ssl_client_i_dn ssl_client_i_dn_legacy ssl_client_raw_cert ssl_client_s_dn ssl_client_s_dn_legacy ' +
    'ssl_client_serial ssl_client_v_end ssl_client_v_remain ssl_client_v_start ssl_client_verify ssl_curve ' +
    'ssl_curves ssl_early_data ssl_protocol ssl_server_name ssl_session_id ssl_session_reused tcpinfo_rcv_space ' +
    'tcpinfo_rtt tcpinfo_rttvar tcpinfo_snd_cwnd upstream_addr upstream_bytes_received upstream_bytes_sent ' +
    'upstream_cache_status upstream_connect_time upstream_header_time upstream_response_length ' +
    'upstream_response_time upstream_status'
  ).split(' '),
);
const FAMILIES_OF_USUAL_MODULES = /^(?:sent_trailer|upstream_cookie|upstream_trailer)_[a-z0-9_]+$/i;

/** All of both, but those of which there are as many as headers and cookies. */
export const USUAL_VARIABLES: readonly string[] = [...VARIABLES, ...OF_USUAL_MODULES];

/** The same for variables of the modules that there usually are. */
export function isUsualVariable(name: string): boolean {
  return isKnownVariable(name) || OF_USUAL_MODULES.has(name.toLowerCase()) || FAMILIES_OF_USUAL_MODULES.test(name);
}

/**
 * Variables of TCP and UDP.
 * Source: the same, for the stream modules.
 */
const STREAM_VARIABLES: readonly string[] = (
  'binary_remote_addr bytes_received bytes_sent connection hostname msec nginx_version pid protocol ' +
  'proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port remote_addr ' +
  'remote_port server_addr server_port session_time status time_iso8601 time_local upstream_addr ' +
  'upstream_bytes_received upstream_bytes_sent upstream_connect_time upstream_first_byte_time upstream_session_time'
).split(' ');

export function isStreamVariable(name: string): boolean {
  return STREAM_VARIABLES.includes(name.toLowerCase());
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
