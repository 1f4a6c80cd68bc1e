import type { PlainValue } from '../../manifests/document.ts';
import type { ApiType, Served } from './api-types.ts';

export type JsonObject = Readonly<Record<string, PlainValue>>;

/** An object of the API, without what has no meaning for us. */
export interface KubeObject {
  /** `shop/web`; without a namespace only the name. */
  readonly key: string;
  readonly resourceVersion: string;
  readonly value: JsonObject;
}

/** kubectl keeps a copy of the whole object in it, be it a Secret. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const METADATA = ['name', 'namespace', 'creationTimestamp', 'labels'];
/** What stands for any object when only its metadata was asked for. */
const PARTIAL = 'PartialObjectMetadata';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects of a list, or the one object. In a list they may lack their type. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (!isObject(value) || !('items' in value)) return [value];
  const { items } = value;
  return Array.isArray(items) ? items : [];
}

/** Reads an object of a type; says what is wrong with it otherwise. */
export function readObject(value: unknown, form: Served, type: ApiType): KubeObject | string {
  const { isNamespaced, onlyMetadata } = type;
  if (!isObject(value)) return `received ${shapeOf(value)} instead of an object`;
  const { kind = form.kind, apiVersion = form.apiVersion, metadata } = value;
  if (kind !== form.kind && kind !== PARTIAL) return `received an object of kind ${shown(kind)}`;
  if (kind !== PARTIAL && apiVersion !== form.apiVersion)
    return `received an object of apiVersion ${shown(apiVersion)}`;
  if (!isObject(metadata)) return 'received an object without metadata';
  const { name, namespace, resourceVersion } = metadata;
  if (typeof name !== 'string' || name === '') return 'received an object without a name';
  const within = textOf(namespace);
  if (isNamespaced && within === '') return `received ${shown(name)} without a namespace`;
  return {
    key: isNamespaced ? `${within}/${name}` : name,
    resourceVersion: textOf(resourceVersion),
    value: {
      apiVersion: form.apiVersion,
      kind: form.kind,
      ...meaningful(onlyMetadata ? {} : value, metadata, form.kind),
    },
  };
}

/** What controllers write stays out, but for the addresses of an Ingress: nobody compiles them, and people ask for them. */
function meaningful(value: JsonObject, metadata: JsonObject, kind: string): JsonObject {
  const { status, metadata: _, apiVersion: __, kind: ___, ...rest } = value;
  const kept: Record<string, PlainValue> = {};
  for (const field of METADATA) {
    const given = metadata[field];
    if (given !== undefined) kept[field] = given;
  }
  const { annotations } = metadata;
  if (annotations !== undefined) kept['annotations'] = withoutLastApplied(annotations);
  return { metadata: kept, ...rest, ...(kind === 'Ingress' && status !== undefined ? { status } : {}) };
}

function withoutLastApplied(annotations: PlainValue): PlainValue {
  if (!isObject(annotations) || !(LAST_APPLIED in annotations)) return annotations;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  return others;
}

function textOf(value: PlainValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function shapeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** A name that a stranger gave. */
function shown(value: PlainValue): string {
  return JSON.stringify(value).slice(0, 100);
}
