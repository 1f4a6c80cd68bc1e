import type { FieldPath } from '../diagnostics/place.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { ReadObject } from '../manifests/document.ts';
import { metadataOf } from './metadata.ts';
import { isGiven } from './plain.ts';
import { removedApiVersion } from './rules/removed-version.ts';

/**
 * The versions that Kubernetes no longer serves, since when, and what to write.
 * Source: Kubernetes, deprecated API migration guide.
 */
const REMOVED: ReadonlyMap<string, { readonly since: string; readonly help: string }> = new Map([
  ...['networking.k8s.io/v1beta1', 'extensions/v1beta1'].map(version => {
    const help = 'write networking.k8s.io/v1, where a path has a `pathType` and a backend a `service`';
    return [`Ingress ${version}`, { since: '1.22', help }] as const;
  }),
  ['IngressClass networking.k8s.io/v1beta1', { since: '1.22', help: 'write networking.k8s.io/v1' }],
  ['EndpointSlice discovery.k8s.io/v1beta1', { since: '1.25', help: 'write discovery.k8s.io/v1' }],
]);

const PATH: FieldPath = ['apiVersion'];

/** What is said of an object in a version that is gone. What a server gave out was there at least. */
export function findRemovedVersion({ document, value }: ReadObject): Finding | undefined {
  const { apiVersion, kind, id } = document;
  if (!apiVersion.endsWith('beta1')) return undefined;
  const removed = REMOVED.get(`${kind} ${apiVersion}`);
  if (removed === undefined) return undefined;
  const { uid, resourceVersion } = metadataOf(value);
  return {
    rule: removedApiVersion,
    message: `Kubernetes ${removed.since} and later do not serve ${apiVersion} of ${kind}`,
    help: removed.help,
    at: { document: id, path: PATH },
    ...(isGiven(uid) || isGiven(resourceVersion) ? { severity: 'info' } : {}),
  };
}
