import { bool, oneOf } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import { exemptPaths } from './exempt-paths.ts';

/** Redirects from HTTP to HTTPS. */
export const redirectOptions = {
  'ssl-redirect': {
    type: bool,
    default: true,
    example: 'false',
    summary: 'Whether hosts with a certificate send plain HTTP requests to HTTPS.',
  } satisfies OptionSpec<boolean>,
  'force-ssl-redirect': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether hosts without a certificate do so, too.',
  } satisfies OptionSpec<boolean>,
  'http-redirect-code': {
    type: oneOf('301', '302', '307', '308'),
    default: '308',
    example: '301',
    summary: 'The status of these redirects.',
  } satisfies OptionSpec<'301' | '302' | '307' | '308'>,
  'no-tls-redirect-locations': exemptPaths(
    '/.well-known/acme-challenge,/open',
    'Paths that are never redirected: every location whose path begins with one of them.',
  ),
} as const;
