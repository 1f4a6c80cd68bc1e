import type { Location, Server } from '../../routing/model.ts';
import type { ChangeKind } from './kinds.ts';
import type { SharedRoute } from './route-changes.ts';

interface Guard {
  /** Of a location that is closed since the check cannot be made, as where manifests come without their Secrets. */
  readonly closedFor: RegExp;
  readonly isThere: (location: Location, server: Server) => boolean;
  readonly removed: ChangeKind;
}

const GUARDS: readonly Guard[] = [
  {
    closedFor: /its users are not known|auth-type is missing/,
    isThere: ({ policies: { basicAuth, externalAuth } }) => basicAuth !== undefined || externalAuth !== undefined,
    removed: 'auth-removed',
  },
  {
    closedFor: /auth-tls-secret/,
    isThere: (_, { policies: { clientCertificate } }) => clientCertificate !== undefined,
    removed: 'client-certificate-removed',
  },
];

/** The check that is gone where a route was closed for want of what the check needs, and is open to everybody now. */
export function removedGuard({ servers, locations: { before, after } }: SharedRoute): ChangeKind | undefined {
  const { target } = before;
  if (target.kind !== 'status' || after.target.kind === 'status') return undefined;
  const guard = GUARDS.find(({ closedFor }) => closedFor.test(target.reason));
  return guard === undefined || guard.isThere(after, servers.after) ? undefined : guard.removed;
}
