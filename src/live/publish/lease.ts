import { shortHash } from '../../cluster/object-name.ts';
import { fieldOf, textAt } from '../../json/fields.ts';

/** Where instances find out which of them leads, and what this one is called. */
export interface LeaseName {
  readonly namespace: string;
  readonly name: string;
  /** Of this process alone. */
  readonly identity: string;
}

/** What makes two instances do the same work. */
export interface LeaseScope {
  readonly ingressClass: string;
  readonly controllerClass: string;
  /** The namespaces that are watched, in any order; none for all of them. */
  readonly namespaces: readonly string[];
}

/** What stands in a Lease. */
export interface LeaseRecord {
  /** Empty when nobody holds it. */
  readonly holder: string;
  readonly durationMs: number;
  readonly transitions: number;
  readonly acquiredAt: string;
  /** Changes with every write. */
  readonly resourceVersion: string;
}

/** How long others wait after the last sign of life of a leader. The defaults of Kubernetes' own components. */
const LEASE_MS = 15_000;
/** A leader that could not renew for so long leads no more; earlier than others may take over. */
export const RENEW_DEADLINE_MS = 10_000;
export const RENEW_EVERY_MS = 5_000;

const DEFAULT_CONTROLLER = 'k8s.io/ingress-nginx';
const LONGEST_PLAIN_NAME = 63;

/** A name that instances share when they would write the same status, and others do not. */
export function leaseNameOf({ ingressClass, controllerClass, namespaces }: LeaseScope): string {
  const plain = ingressClass
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/[^a-z0-9]+$/g, '');
  const isWhole = plain === ingressClass && !/[-.]{2}/.test(plain) && plain.length <= LONGEST_PLAIN_NAME;
  if (isWhole && controllerClass === DEFAULT_CONTROLLER && namespaces.length === 0) return `ingress2nginx-${plain}`;
  const hash = shortHash(JSON.stringify([ingressClass, controllerClass, namespaces.toSorted()]));
  const stem = plain.replaceAll(/[-.]+/g, '-').replace(/^-/, '').slice(0, LONGEST_PLAIN_NAME);
  return ['ingress2nginx', stem, hash].filter(part => part !== '').join('-');
}

/** Undefined for what is no Lease. */
export function readLease(value: unknown): LeaseRecord | undefined {
  const resourceVersion = textAt(value, 'metadata', 'resourceVersion');
  if (resourceVersion === '') return undefined;
  const seconds = fieldOf(value, 'spec', 'leaseDurationSeconds');
  const transitions = fieldOf(value, 'spec', 'leaseTransitions');
  return {
    holder: textAt(value, 'spec', 'holderIdentity'),
    durationMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : LEASE_MS,
    transitions: typeof transitions === 'number' && transitions >= 0 ? transitions : 0,
    acquiredAt: textAt(value, 'spec', 'acquireTime'),
    resourceVersion,
  };
}

/** The Lease as it is written when we hold it. @param now Milliseconds since 1970. */
export function heldLease(lease: LeaseName, earlier: LeaseRecord | undefined, now: number): unknown {
  const isRenewed = earlier?.holder === lease.identity && earlier.acquiredAt !== '';
  return leaseOf(lease, earlier, {
    holderIdentity: lease.identity,
    leaseDurationSeconds: LEASE_MS / 1_000,
    acquireTime: isRenewed ? earlier.acquiredAt : microTime(now),
    renewTime: microTime(now),
    leaseTransitions: (earlier?.transitions ?? 0) + (earlier === undefined || isRenewed ? 0 : 1),
  });
}

/** The Lease as it is written when we give it away: the next one need not wait. @param now Milliseconds since 1970. */
export function releasedLease(lease: LeaseName, earlier: LeaseRecord, now: number): unknown {
  return leaseOf(lease, earlier, {
    holderIdentity: '',
    leaseDurationSeconds: 1,
    acquireTime: microTime(now),
    renewTime: microTime(now),
    leaseTransitions: earlier.transitions,
  });
}

/** With the resourceVersion that was read: without one the server would overwrite what others wrote since. */
function leaseOf({ namespace, name }: LeaseName, earlier: LeaseRecord | undefined, spec: object): unknown {
  const version = earlier === undefined ? {} : { resourceVersion: earlier.resourceVersion };
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { namespace, name, ...version },
    spec,
  };
}

/** The server takes exactly six decimals. */
function microTime(now: number): string {
  return new Date(now).toISOString().replace(/Z$/, '000Z');
}
