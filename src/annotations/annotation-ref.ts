import type { FieldRef } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { CLASS_ANNOTATION, refOf } from '../resources/model.ts';

type Annotated = Pick<Ingress, 'annotations' | 'annotationsPrefix'>;

/** The text of an annotation of the controller; empty where there is none, which the controller does not tell apart. */
export function annotationText({ annotations, annotationsPrefix }: Annotated, name: string): string {
  return annotations[annotationsPrefix + name] ?? '';
}

/** Whether an Ingress has an annotation of the controller, be it without a text. */
export function hasAnnotation({ annotations, annotationsPrefix }: Annotated, name: string): boolean {
  return Object.hasOwn(annotations, annotationsPrefix + name);
}

/** The name of an annotation of the controller; undefined for a key that is not under its prefix. */
export function annotationName({ annotationsPrefix }: Pick<Annotated, 'annotationsPrefix'>, key: string) {
  // The one without a name of its own stays what it is, whatever the prefix.
  return key.startsWith(annotationsPrefix) && key !== CLASS_ANNOTATION
    ? key.slice(annotationsPrefix.length)
    : undefined;
}

/** The place of an annotation of an Ingress. */
export function annotationRef(ingress: Ingress, name: string): FieldRef {
  return refOf(ingress, 'metadata', 'annotations', ingress.annotationsPrefix + name);
}
