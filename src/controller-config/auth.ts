import { exemptPaths } from './exempt-paths.ts';

/** Who may enter. */
export const authOptions = {
  'no-auth-locations': exemptPaths(
    '/.well-known/acme-challenge,/public',
    'Paths that need no password: every location whose path begins with one of them.',
  ),
} as const;
