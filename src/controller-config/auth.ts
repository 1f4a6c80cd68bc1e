import { listOf, text } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';

/** Who may enter. */
export const authOptions = {
  'no-auth-locations': {
    type: listOf(text(/^\/[^\s;{}"'\\$]*$/, 'a path that begins with /')),
    default: ['/.well-known/acme-challenge'],
    example: '/.well-known/acme-challenge,/public',
    summary: 'Paths that need no password: every location whose path begins with one of them.',
  } satisfies OptionSpec<readonly string[]>,
} as const;
