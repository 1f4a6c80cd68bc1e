/** The keys and indexes that lead from the root of an object to a value in it. */
export type FieldPath = readonly (string | number)[];

/**
 * Points at a value (or at its key) in a document. It costs nothing to make; file, line and column are looked up by
 * `locate` of `src/manifests/` when somebody reads them.
 */
export interface FieldRef {
  readonly document: string;
  readonly path: FieldPath;
  /** `key` points at the key of the last step instead of at the value; the default is the value. */
  readonly part?: 'key';
  /** The line of a text of several lines, from 1; only where each of them has a line of its own in the manifest. */
  readonly line?: number;
}

/** A Kubernetes object as its manifest names it. */
export interface ObjectName {
  readonly kind: string;
  /** As kubectl takes it: `default` where none is written. Undefined for kinds that lie in none. */
  readonly namespace?: string;
  readonly name: string;
}

/** `Ingress shop/web`, as people name it in messages, comments and lists; two objects of one text are the same. */
export function objectText({ kind, namespace, name }: ObjectName): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Whether two names mean one object. */
export function isSameObject(one: ObjectName | undefined, other: ObjectName | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return one.name === other.name && one.namespace === other.namespace && one.kind === other.kind;
}

/** A place in a text, as people and editors count: lines and columns from 1, `end` exclusive. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The whole line, without its line end, for the excerpt. Left out where it may hold secret material. */
  readonly excerpt?: string;
  /** The object that the place lies in, if it has a name. */
  readonly object?: ObjectName;
  /** The template of a Helm chart that made the text, as its `# Source:` comment says. */
  readonly template?: string;
}

/** A FieldRef is looked up late; an Origin is already known (broken YAML, a directory that cannot be read). */
export type Place = FieldRef | Origin;

/** The field below `ref` by further steps. */
export function below(ref: FieldRef, ...steps: FieldPath): FieldRef {
  return { document: ref.document, path: [...ref.path, ...steps] };
}

/** The key of the value that `ref` points at. */
export function keyOf(ref: FieldRef): FieldRef {
  return { document: ref.document, path: ref.path, part: 'key' };
}

/** The file of a place: a document is named by its file and where it stands in it. */
export function fileOf(place: Place): string {
  return isFieldRef(place) ? place.document.slice(0, place.document.lastIndexOf('#')) : place.file;
}

/** Tells the two kinds of places apart. */
export function isFieldRef(place: Place): place is FieldRef {
  return 'document' in place;
}
