import type { FieldPath } from '../diagnostics/place.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { ReadObject } from '../manifests/document.ts';
import type { KubernetesVersion } from './kubernetes-release.ts';
import { minorOf } from './kubernetes-release.ts';
import { metadataOf } from './metadata.ts';
import { isGiven } from './plain.ts';
import { removedApiVersion } from './rules/removed-version.ts';

/**
 * The versions that Kubernetes no longer serves, since when, and what to write.
 * Source: Kubernetes, deprecated API migration guide.
 */
const REMOVED: ReadonlyMap<string, { readonly since: number; readonly help: string }> = new Map([
  ...['networking.k8s.io/v1beta1', 'extensions/v1beta1'].map(version => {
    const help = 'write networking.k8s.io/v1, where a path has a `pathType` and a backend a `service`';
    return [`Ingress ${version}`, { since: 22, help }] as const;
  }),
  ['IngressClass networking.k8s.io/v1beta1', { since: 22, help: 'write networking.k8s.io/v1' }],
  ['EndpointSlice discovery.k8s.io/v1beta1', { since: 25, help: 'write discovery.k8s.io/v1' }],
]);

const PATH: FieldPath = ['apiVersion'];

/**
 * What is said of an object in a version that is gone. What a server gave out was there at least.
 *
 * @param version the one that is asked for; without it, all that are supported today are meant, which have none of these
 */
export function findRemovedVersion({ document, value }: ReadObject, version?: KubernetesVersion): Finding | undefined {
  const { apiVersion, kind, id } = document;
  if (!apiVersion.endsWith('beta1')) return undefined;
  const removed = REMOVED.get(`${kind} ${apiVersion}`);
  if (removed === undefined || (version !== undefined && minorOf(version) < removed.since)) return undefined;
  const { uid, resourceVersion } = metadataOf(value);
  const isLive = isGiven(uid) || isGiven(resourceVersion);
  const who = version === undefined ? `Kubernetes 1.${removed.since} and later do` : `Kubernetes ${version} does`;
  return {
    rule: removedApiVersion,
    message: `${who} not serve ${apiVersion} of ${kind}`,
    help: removed.help,
    at: { document: id, path: PATH },
    ...(isLive ? { severity: 'info' } : version === undefined ? {} : { severity: 'error' }),
  };
}
