import type { PlannedOption } from '../options/option.ts';

/** Options of the controller that are not built yet; each that is written gives a warning. */
export const plannedOptions: Readonly<Record<string, PlannedOption>> = {
  'allow-cross-namespace-resources': {
    summary: 'Whether annotations may name Secrets and ConfigMaps of other namespaces.',
  },
  'annotation-value-word-blocklist': { summary: 'Words that make an Ingress refused when an annotation contains one.' },
  'enable-auth-access-log': { summary: 'Whether requests to the auth service are logged.' },
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
  'http-snippet': { summary: 'Adds nginx directives to the http block.' },
  'main-snippet': { summary: 'Adds nginx directives to the top of the configuration.' },
  'stream-snippet': { summary: 'Adds nginx directives to the stream block.' },
  'strict-validate-path-type': { summary: 'Whether Exact and Prefix paths may have plain characters only.' },
};

/**
 * The planned options that keep someone out. To serve without them would open a door, so that one of these in a
 * ConfigMap deserves an error where the others give a warning.
 */
export const guardingOptions: ReadonlySet<string> = new Set(['global-auth-url']);
