import type { PlannedOption } from '../options/option.ts';

/** Options of the controller that are not built yet; each that is written gives a warning. */
export const plannedOptions: Readonly<Record<string, PlannedOption>> = {
  'access-log-params': { summary: 'Further parameters of the access log, such as buffer and flush.' },
  'access-log-path': { summary: 'The file of the access log.' },
  'allow-cross-namespace-resources': {
    summary: 'Whether annotations may name Secrets and ConfigMaps of other namespaces.',
  },
  'annotation-value-word-blocklist': { summary: 'Words that make an Ingress refused when an annotation contains one.' },
  'debug-connections': { summary: 'The clients for whom the error log has debug messages.' },
  'disable-access-log': { summary: 'Whether nothing at all goes to the access log.' },
  'disable-http-access-log': { summary: 'Whether HTTP requests are left out of the access log.' },
  'disable-stream-access-log': { summary: 'Whether TCP and UDP sessions are left out of the access log.' },
  'enable-access-log-for-default-backend': { summary: 'Whether requests that no Ingress matches are logged.' },
  'enable-auth-access-log': { summary: 'Whether requests to the auth service are logged.' },
  'enable-syslog': { summary: 'Whether the logs go to a syslog server.' },
  'error-log-level': { summary: 'How severe a message must be for the error log.' },
  'error-log-path': { summary: 'The file of the error log.' },
  'global-auth-always-set-cookie': {
    summary: 'Whether the cookie of the global auth service goes out with errors, too.',
  },
  'global-auth-cache-duration': { summary: 'How long answers of the global auth service are kept, by status.' },
  'global-auth-cache-key': { summary: 'What tells the cached answers of the global auth service apart.' },
  'global-auth-method': { summary: 'The HTTP method of requests to the global auth service.' },
  'global-auth-request-redirect': { summary: 'The X-Auth-Request-Redirect header that the global auth service gets.' },
  'global-auth-response-headers': { summary: "Headers of the global auth service's response that backends get." },
  'global-auth-signin': { summary: 'The page to which clients are sent whom the global auth service does not know.' },
  'global-auth-signin-redirect-param': { summary: 'The query parameter in which that page gets the URL to return to.' },
  'global-auth-snippet': { summary: 'Adds nginx directives to the locations that ask the global auth service.' },
  'global-auth-url': { summary: 'Asks another service whether a request to any host may pass.' },
  'global-external-auth': { summary: 'Set by the controller itself, from the options that begin with global-auth.' },
  'http-access-log-path': { summary: 'The file of the access log for HTTP alone.' },
  'http-snippet': { summary: 'Adds nginx directives to the http block.' },
  'log-format-escape-json': { summary: 'Whether values in the access log are escaped as JSON strings.' },
  'log-format-escape-none': { summary: 'Whether values in the access log are not escaped at all.' },
  'log-format-stream': { summary: 'The lines of the access log for TCP and UDP.' },
  'log-format-upstream': { summary: 'The lines of the access log for HTTP.' },
  'main-snippet': { summary: 'Adds nginx directives to the top of the configuration.' },
  'skip-access-log-urls': { summary: 'The URLs whose requests are not logged.' },
  'stream-access-log-path': { summary: 'The file of the access log for TCP and UDP alone.' },
  'stream-snippet': { summary: 'Adds nginx directives to the stream block.' },
  'strict-validate-path-type': { summary: 'Whether Exact and Prefix paths may have plain characters only.' },
  'syslog-host': { summary: 'The host of the syslog server.' },
  'syslog-port': { summary: 'The port of the syslog server.' },
};

/**
 * The planned options that keep someone out. To serve without them would open a door, so that one of these in a
 * ConfigMap deserves an error where the others give a warning.
 */
export const guardingOptions: ReadonlySet<string> = new Set(['global-auth-url']);
