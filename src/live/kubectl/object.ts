import type { PlainObject, PlainValue } from '../../json/value.ts';
import { isList, isRecord } from '../../json/value.ts';
import type { ApiType, Served } from './api-types.ts';

/** An object of the API, without what has no meaning for us. */
export interface KubeObject {
  /** `shop/web`; without a namespace only the name. */
  readonly key: string;
  readonly resourceVersion: string;
  readonly value: PlainObject;
}

/** kubectl keeps a copy of the whole object in it, be it a Secret. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const METADATA = ['name', 'namespace', 'creationTimestamp', 'labels'];
/** What stands for any object when only its metadata was asked for. */
const PARTIAL = 'PartialObjectMetadata';

/** Objects of a list, or the one object. In a list they may lack their type. */
export function itemsOf(value: PlainValue | undefined): readonly (PlainValue | undefined)[] {
  if (!isRecord(value) || !('items' in value)) return [value];
  const { items } = value;
  return isList(items) ? items : [];
}

/** Reads an object of a type; says what is wrong with it otherwise. */
export function readObject(value: PlainValue | undefined, form: Served, type: ApiType): KubeObject | string {
  const { isNamespaced, onlyMetadata } = type;
  if (!isRecord(value)) return `received ${shapeOf(value)} instead of an object`;
  const { kind = form.kind, apiVersion = form.apiVersion, metadata } = value;
  if (kind !== form.kind && kind !== PARTIAL) return `received an object of kind ${shown(kind)}`;
  if (kind !== PARTIAL && apiVersion !== form.apiVersion)
    return `received an object of apiVersion ${shown(apiVersion)}`;
  if (!isRecord(metadata)) return 'received an object without metadata';
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
function meaningful(value: PlainObject, metadata: PlainObject, kind: string): PlainObject {
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
  if (!isRecord(annotations) || !(LAST_APPLIED in annotations)) return annotations;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  return others;
}

function textOf(value: PlainValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function shapeOf(value: unknown): string {
  if (value === null) return 'null';
  return isList(value) ? 'a list' : `a ${typeof value}`;
}

/** A name that a stranger gave. */
function shown(value: PlainValue): string {
  return JSON.stringify(value).slice(0, 100);
}
