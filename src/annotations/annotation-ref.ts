import type { FieldRef } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { CLASS_ANNOTATION, refOf } from '../resources/model.ts';

type Annotated = Pick<Ingress, 'annotations' | 'annotationsPrefix'>;

/** So many names there are at the most that somebody asks for who knows the annotations of the controller. */
const MOST_KEYS = 1000;

let known: { readonly prefix: string; readonly keys: Map<string, string> } = { prefix: '', keys: new Map() };

/** A whole key. To join it for each question takes longer than the question; all Ingresses of a run have one prefix. */
function keyFor(prefix: string, name: string): string {
  if (known.prefix !== prefix || known.keys.size > MOST_KEYS) known = { prefix, keys: new Map() };
  let key = known.keys.get(name);
  if (key === undefined) {
    key = prefix + name;
    known.keys.set(name, key);
  }
  return key;
}

/** The text of an annotation of the controller; empty where there is none, which the controller does not tell apart. */
export function annotationText({ annotations, annotationsPrefix }: Annotated, name: string): string {
  return annotations[keyFor(annotationsPrefix, name)] ?? '';
}

/** Whether an Ingress has an annotation of the controller, be it without a text. */
export function hasAnnotation({ annotations, annotationsPrefix }: Annotated, name: string): boolean {
  return Object.hasOwn(annotations, keyFor(annotationsPrefix, name));
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
