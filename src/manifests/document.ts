import type { PlainObject } from '../json/value.ts';
import type { SourceText } from '../input/source.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Span } from './cut.ts';

/** One Kubernetes object of a source, parsed, of a kind that we read. Items of lists are documents of their own. */
export interface Document {
  /** Unique in a run, the same for the same input: `<source name>#<offset>` and, in a list, the path of the item. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: PlainObject;
  /** Where it stands; positions in it are found on demand. */
  readonly source: SourceText;
  /** Offsets of the YAML or JSON document that holds it in `source.text`. */
  readonly start: number;
  readonly end: number;
  /** The steps from the root of that YAML document to this object; empty unless it is an item of a list. */
  readonly itemPath: FieldPath;
  /** The item of a long list that is or holds this object; it can be parsed by itself. */
  readonly part?: Span;
  /** Its kind or version is a mistake that has been reported: it is what it most likely was meant to be, and not valid. */
  readonly isMistyped?: true;
  /** Keys are there twice with different values, so that it is not valid: all that it asks for with any of them. */
  readonly asked?: Document['value'];
  /** The template that Helm rendered it from (`# Source:`), if it says so. */
  readonly helmSource?: string;
}
