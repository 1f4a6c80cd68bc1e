import type { FieldRef } from './place.ts';

/** Says why a part of the routing is there. */
export interface Provenance {
  /** `Ingress shop/web`: kind, namespace and name as in the manifest (unchecked where it only came from a reference). */
  readonly resource: string;
  readonly field: FieldRef;
}
