import type { PlainObject, PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import type { SourceText } from '../input/source.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Span } from './cut.ts';

/**
 * Where one Kubernetes object of a source stands, of a kind that we read, and its name. Items of lists are documents of
 * their own. What is in it is not kept: see `ReadObject`.
 */
export interface Document {
  /** Unique in a run, the same for the same input: `<source name>#<offset>` and, in a list, the path of the item. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** As it is written, checked by nobody; undefined when there is none. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Where it stands; positions in it are found on demand. */
  readonly source: SourceText;
  /** Offsets of the YAML or JSON document that holds it in `source.text`. */
  readonly start: number;
  readonly end: number;
  /** The steps from the root of that YAML document to this object; empty unless it is an item of a list. */
  readonly itemPath: FieldPath;
  /** The item of a long list that is or holds this object; it can be parsed by itself. */
  readonly part: Span | undefined;
  /** The template that Helm rendered it from (`# Source:`), if it says so. */
  readonly helmSource: string | undefined;
  /** What controllers wrote into an Ingress, if they did; nothing is compiled from it. */
  readonly status: PlainValue | undefined;
  /** Its annotation for us, if it has one. */
  readonly ignore: OwnAnnotation | undefined;
}

/** Names rules whose findings about its object nobody wants to hear. */
export const IGNORE_ANNOTATION = 'ingress2nginx.dev/ignore';
const OWN_PREFIX = 'ingress2nginx.dev/';

/** An annotation under our prefix; its key is `IGNORE_ANNOTATION` or a mistake. */
export interface OwnAnnotation {
  readonly key: string;
  readonly text: string;
}

/** An object that has just been read. Nobody keeps it: its value takes more room than all that is made of it. */
export interface ReadObject {
  readonly document: Document;
  readonly value: PlainObject;
  /** Its kind or version is a mistake that has been reported: it is what it most likely was meant to be, and not valid. */
  readonly isMistyped?: true;
  /** Keys are there twice with different values, so that it is not valid: all that it asks for with any of them. */
  readonly asked?: PlainObject;
}

/** What is kept of a value. */
export function keptOf(kind: string, value: PlainObject): Pick<Document, 'name' | 'namespace' | 'status' | 'ignore'> {
  const { metadata, status } = value;
  const { name, namespace, annotations } = isRecord(metadata) ? metadata : {};
  return {
    name: someText(name),
    namespace: someText(namespace),
    status: kind === 'Ingress' ? status : undefined,
    ignore: isRecord(annotations) ? ownAnnotation(annotations) : undefined,
  };
}

function ownAnnotation(annotations: Readonly<Record<string, unknown>>): OwnAnnotation | undefined {
  let found: OwnAnnotation | undefined;
  for (const key of Object.keys(annotations)) {
    if (!key.startsWith(OWN_PREFIX)) continue;
    const text = annotations[key];
    if (typeof text === 'string' && found?.key !== IGNORE_ANNOTATION) found = { key, text };
  }
  return found;
}

function someText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
