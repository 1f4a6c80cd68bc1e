import type { OptionSpec } from '../options/option.ts';
import { listOf, text } from '../options/value-type.ts';

/** Where certificate authorities ask for the proof of a host. */
const ACME_CHALLENGE = '/.well-known/acme-challenge';

/** An option that lists paths for which something does not hold. */
export function exemptPaths(example: string, summary: string, becomes: string): OptionSpec<readonly string[]> {
  const type = listOf(text(/^\/[^\s;{}"'\\$]*$/, 'a path that begins with /'));
  return { type, default: [ACME_CHALLENGE], example, summary, becomes };
}

/** Of all that asks who a client is. */
export const noAuthLocations = exemptPaths(
  '/.well-known/acme-challenge,/public',
  'Paths that need no password, ask no auth service, and need no client certificate over plain HTTP: every location whose path begins with one of them.',
  'location, auth_basic, auth_request, if',
);
