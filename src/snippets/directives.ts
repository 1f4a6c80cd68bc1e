/**
 * Where directives stand: in http{}, in a server, in a location, in that which asks an auth service, or in a block of one
 * of them.
 */
export type SnippetPlace =
  | 'main'
  | 'http'
  | 'server'
  | 'location'
  | 'auth'
  | 'stream'
  | 'if-in-server'
  | 'if-in-location'
  | 'limit-except';

const EVERYWHERE: readonly SnippetPlace[] = ['server', 'location', 'if-in-server', 'if-in-location'];
const OF_REQUESTS: readonly SnippetPlace[] = ['server', 'location', 'auth', 'if-in-location'];
const OF_RESPONSES: readonly SnippetPlace[] = ['http', 'server', 'location', 'if-in-location'];

/**
 * The language: which directives there are, and where each may stand.
 * Source: nginx's documentation of each directive; for `more_*`, that of the headers-more module.
 */
export const DIRECTIVES: ReadonlyMap<string, readonly SnippetPlace[]> = new Map([
  ['return', EVERYWHERE],
  ['rewrite', EVERYWHERE],
  ['set', [...EVERYWHERE, 'auth']],
  ['break', EVERYWHERE],
  ['if', ['server', 'location']],
  ['location', ['server']],
  ['limit_except', ['location']],
  ['allow', ['server', 'location', 'limit-except']],
  ['deny', ['server', 'location', 'limit-except']],
  ['add_header', OF_RESPONSES],
  ['more_set_headers', OF_RESPONSES],
  ['more_clear_headers', OF_RESPONSES],
  ['proxy_hide_header', ['http', 'server', 'location']],
  ['proxy_set_header', ['http', 'server', 'location', 'auth']],
  ['more_set_input_headers', OF_REQUESTS],
  ['more_clear_input_headers', OF_REQUESTS],
  ['access_log', ['server', 'location', 'if-in-location']],
  ['log_not_found', ['server', 'location']],
  ['server_tokens', ['server', 'location']],
  ['default_type', ['server', 'location']],
  ['auth_request_set', ['server', 'location']],
]);
