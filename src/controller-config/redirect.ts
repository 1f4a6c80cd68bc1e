import { bool, listOf, oneOf, text } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';

const path = text(/^\/[^\s;{}"'\\$]*$/, 'a path that begins with /');

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
  'no-tls-redirect-locations': {
    type: listOf(path),
    default: ['/.well-known/acme-challenge'],
    example: '/.well-known/acme-challenge,/open',
    summary: 'Paths that are never redirected: every location whose path begins with one of them.',
  } satisfies OptionSpec<readonly string[]>,
} as const;
