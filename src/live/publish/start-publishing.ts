import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { EventSink } from '../events.ts';
import type { KubeApi } from '../kubectl/api.ts';
import type { KubectlFlags } from '../kubectl/kubectl.ts';
import type { Clock } from '../clock.ts';
import type { StatusAddress } from './address.ts';
import { addressTowardsServer } from './address.ts';
import type { LeaseScope } from './lease.ts';
import { leaseNameOf } from './lease.ts';
import type { Publisher } from './publisher.ts';
import { openPublisher } from './publisher.ts';

export interface PublishRequest {
  readonly api: KubeApi;
  /** The flags by which the API was opened. */
  readonly kubectl: KubectlFlags;
  /** `auto`: the address of this machine towards the API server. */
  readonly addresses: 'auto' | readonly StatusAddress[];
  readonly scope: LeaseScope;
  /** Where the Lease lies; undefined for the namespace that is watched if it is one, else `default`. */
  readonly leaseNamespace: string | undefined;
  readonly onEvent: EventSink;
  readonly clock: Clock;
}

export type Publishing =
  | { readonly kind: 'started'; readonly publisher: Publisher }
  /** The address of this machine could not be found out. */
  | Failure;

/** Finds out what to publish, and starts to. */
export async function startPublishing(request: PublishRequest): Promise<Publishing> {
  const { api, scope, leaseNamespace, onEvent, clock } = request;
  const addresses = await addressesOf(request);
  if ('kind' in addresses) return addresses;
  const lease = {
    namespace: leaseNamespace ?? (scope.namespaces.length === 1 ? scope.namespaces[0] : undefined) ?? 'default',
    name: leaseNameOf(scope),
    identity: ownIdentity(),
  };
  const publisher = openPublisher({ api, addresses, lease, namespaces: scope.namespaces, onEvent, clock });
  return { kind: 'started', publisher };
}

async function addressesOf({ addresses, kubectl }: PublishRequest): Promise<readonly StatusAddress[] | Failure> {
  if (addresses !== 'auto') return addresses;
  const found = await addressTowardsServer(kubectl);
  return found.kind === 'found' ? [found.address] : failure(`--publish-status-address auto: ${found.problem}`);
}

/** Tells processes apart, those of one machine and those of one number as well. */
function ownIdentity(): string {
  return `${hostname()}_${process.pid}_${randomBytes(4).toString('hex')}`;
}
