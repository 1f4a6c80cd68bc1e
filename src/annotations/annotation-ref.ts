import type { FieldRef } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';

export const PREFIX = 'nginx.ingress.kubernetes.io/';

/** The place of an annotation of an Ingress. */
export function annotationRef(ingress: Ingress, name: string): FieldRef {
  return refOf(ingress, 'metadata', 'annotations', PREFIX + name);
}
