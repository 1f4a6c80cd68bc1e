import type { Ingress, PromisedSecret, Resource } from '../resources/model.ts';
import { keyOfObject } from './object-name.ts';

/** Secrets that something makes, looked up by `namespace/name`, also those that may be in any namespace. */
export type PromisedSecrets = Pick<ReadonlyMap<string, PromisedSecret>, 'get'>;

/** How an Ingress asks cert-manager, or what came before it, for the certificates of its `tls`. */
const ISSUER_ANNOTATIONS: readonly string[] = [
  'cert-manager.io/cluster-issuer',
  'cert-manager.io/issuer',
  'certmanager.k8s.io/cluster-issuer',
  'certmanager.k8s.io/issuer',
  'cert.gardener.cloud/purpose',
];
const ACME_ANNOTATION = 'kubernetes.io/tls-acme';

/** Whether a controller makes the Secrets of the `tls` of an Ingress. */
function asksForCertificates({ annotations }: Pick<Ingress, 'annotations'>): boolean {
  return annotations[ACME_ANNOTATION] === 'true' || ISSUER_ANNOTATIONS.some(name => Object.hasOwn(annotations, name));
}

function certificatesOf(ingress: Ingress): readonly PromisedSecret[] {
  if (!asksForCertificates(ingress)) return [];
  const { document, namespace, tls } = ingress;
  return tls.flatMap(({ secretName }) =>
    secretName === ''
      ? []
      : [
          {
            kind: 'PromisedSecret',
            document,
            namespace,
            name: secretName,
            by: 'cert-manager',
            keys: ['tls.crt', 'tls.key'],
            type: 'kubernetes.io/tls',
          },
        ],
  );
}

/** The promises among resources. Nothing is gathered before the first question, since most runs never ask. */
export function promisedSecretsIn(resources: () => Iterable<Resource>): PromisedSecrets {
  let known: ReadonlyMap<string, PromisedSecret> | undefined;
  return {
    get(key) {
      known ??= gather(resources());
      return known.get(key) ?? known.get(keyOfObject('', key.slice(key.indexOf('/') + 1)));
    },
  };
}

function gather(resources: Iterable<Resource>): ReadonlyMap<string, PromisedSecret> {
  const known = new Map<string, PromisedSecret>();
  const ingresses: Ingress[] = [];
  const add = (promise: PromisedSecret): void => {
    const key = keyOfObject(promise.namespace, promise.name);
    const other = known.get(key);
    if (other === undefined || promise.document < other.document) known.set(key, promise);
  };
  for (const resource of resources) {
    if (resource.kind === 'PromisedSecret') add(resource);
    if (resource.kind === 'Ingress') ingresses.push(resource);
  }
  // What is written down as an object of its own says more.
  for (const promise of ingresses.flatMap(certificatesOf)) {
    if (!known.has(keyOfObject(promise.namespace, promise.name))) add(promise);
  }
  return known;
}
