import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { count } from './external-auth-values.ts';

const SAYS =
  'nginx keeps connections to the auth service as it does to backends, and HTTP/2 of clients changes nothing';

/**
 * What the controller heeds with HTTP/2 switched off alone, by Lua. Connections are kept here anyway, as far as answers
 * have no body, and requests to the service see all variables.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, shouldApplyAuthUpstream.
 */
export const keepalive = {
  'auth-keepalive': {
    type: count,
    default: 0,
    example: '10',
    summary: 'How many idle connections to the auth service a worker keeps open.',
    becomes: 'keepalive',
    differs: [{ says: SAYS, where: connections => connections > 0 }],
  } satisfies OptionSpec<number>,
  'auth-keepalive-requests': {
    type: count,
    default: 1000,
    example: '500',
    summary: 'After how many requests a connection to the auth service is closed.',
    becomes: 'keepalive_requests',
  } satisfies OptionSpec<number>,
  'auth-keepalive-timeout': {
    type: count,
    default: 60,
    example: '30',
    summary: 'After how many idle seconds a connection to the auth service is closed.',
    becomes: 'keepalive_timeout',
  } satisfies OptionSpec<number>,
  'auth-keepalive-share-vars': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether the request to the auth service sees the nginx variables of the main one.',
    becomes: 'auth_request',
  } satisfies OptionSpec<boolean>,
};
