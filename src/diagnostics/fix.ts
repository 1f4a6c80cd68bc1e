import type { FieldPath, FieldRef } from './place.ts';

/**
 * What happens to what is rendered: `same` says the same in another way, `meant` mends a mistake, so that what was meant
 * is rendered.
 */
export type FixEffect = 'same' | 'meant';

/** How to mend a finding, where there is one safe answer. All of its edits are made, or none. */
export interface Fix {
  /** What it does, as an order without a full stop: `write "networking.k8s.io/v1"`. */
  readonly title: string;
  readonly effect: FixEffect;
  readonly edits: readonly FixEdit[];
}

/**
 * A change of an object by what it means. How that is written, in the style of the manifest, is known by `src/fixes/`
 * alone. Paths are those of the object as it stands there, whatever other edits change.
 */
export type FixEdit = SetEdit | QuoteEdit | RenameEdit | RemoveEdit | InsertEdit | NestEdit | MoveEdit;

/** Gives a value that is no collection another one. */
export interface SetEdit {
  readonly kind: 'set';
  readonly at: FieldRef;
  readonly value: string | number | boolean;
}

/**
 * Makes text of a value as it is written: `true` becomes `"true"`. Only of `true` and `false` and of numbers in their
 * usual form: of other words of YAML (`on`, `no`) nobody knows which text they should be, unless the field takes that.
 */
export interface QuoteEdit {
  readonly kind: 'quote';
  readonly at: FieldRef;
}

/** Gives the last key of a path another name. */
export interface RenameEdit {
  readonly kind: 'rename';
  readonly at: FieldRef;
  readonly key: string;
}

/** Removes a field of a mapping, and the mapping if nothing else is in it. */
export interface RemoveEdit {
  readonly kind: 'remove';
  readonly at: FieldRef;
}

/** Adds a field to a mapping: behind another one of it, else as the first. */
export interface InsertEdit {
  readonly kind: 'insert';
  /** The mapping. */
  readonly at: FieldRef;
  readonly key: string;
  readonly value: string | number | boolean;
  readonly after?: string;
}

/** Makes of fields of a mapping, which stand one after the other, those of a new mapping in their place. */
export interface NestEdit {
  readonly kind: 'nest';
  /** The mapping that has the fields. */
  readonly at: FieldRef;
  /** What the new mapping is called. */
  readonly under: string;
  readonly fields: readonly NestedField[];
}

export interface NestedField {
  readonly key: string;
  /** The keys that lead to its value in the new mapping; one or two. */
  readonly to: readonly [string] | readonly [string, string];
}

/** Moves a field that is no collection to another mapping, as the first of it. */
export interface MoveEdit {
  readonly kind: 'move';
  readonly at: FieldRef;
  /** The mapping, in the same object. */
  readonly to: FieldPath;
  readonly key: string;
}

type InObject<Edit> = Edit extends FixEdit ? Omit<Edit, 'at'> & { readonly at: FieldPath } : never;

/** An edit whose path counts from somewhere in an object; whoever reports it knows where that is. */
export type FieldEdit = InObject<FixEdit>;

/** A fix of such edits. */
export interface FieldFix extends Omit<Fix, 'edits'> {
  readonly edits: readonly FieldEdit[];
}

/** The same fix further up: its paths begin with more steps. */
export function fixBelow({ edits, ...fix }: FieldFix, ...above: FieldPath): FieldFix {
  const moved = edits.map(edit => {
    const at = [...above, ...edit.at];
    return edit.kind === 'move' ? { ...edit, at, to: [...above, ...edit.to] } : { ...edit, at };
  });
  return { ...fix, edits: moved };
}

/** The same fix of an object that is known. */
export function fixIn(document: string, { edits, ...fix }: FieldFix): Fix {
  return { ...fix, edits: edits.map(edit => ({ ...edit, at: { document, path: edit.at } })) };
}
