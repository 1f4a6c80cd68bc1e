import type { PlainObject } from '../json/value.ts';
import { objectOf } from './plain.ts';
import type { Identity } from './subject.ts';

/** Whether endpoints lead to a pod: only a cluster knows which pod has which address. */
export function isOfPod(endpoint: PlainObject): boolean {
  return objectOf(endpoint['targetRef'])['kind'] === 'Pod';
}

/** The API server writes endpoints of its own, for a Service that has no selector. */
export function isApiServer({ namespace, name }: Pick<Identity, 'namespace' | 'name'>): boolean {
  return namespace === 'default' && name === 'kubernetes';
}

/**
 * Whether the controller of slices gave the name: that of the Service and five of the characters that the API server
 * makes names of. Source: apimachinery, util/rand, SafeEncodeString.
 */
export function isGeneratedName(name: string, service: string | undefined): boolean {
  if (service === undefined || !name.startsWith(`${service}-`)) return false;
  return /^[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name.slice(service.length + 1));
}
