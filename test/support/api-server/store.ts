import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { typeOfKind } from './types.ts';
import type { KubeObject } from './types.ts';

export interface StoredEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly plural: string;
  readonly object: KubeObject;
}

/** The objects of all types, under one counter of versions as with one etcd. */
export interface Store {
  /** Of the last change. */
  readonly version: () => number;
  readonly get: (plural: string, namespace: string | undefined, name: string) => KubeObject | undefined;
  /** In order of namespace and name. */
  readonly list: (plural: string) => readonly KubeObject[];
  /** Adds or replaces. What is equal to what is there makes no event, as with a patch. */
  readonly put: (object: KubeObject) => KubeObject;
  readonly remove: (plural: string, namespace: string | undefined, name: string) => KubeObject | undefined;
  /** Events after a version; undefined when those are forgotten. */
  readonly since: (version: number) => readonly StoredEvent[] | undefined;
  /** Drops all events so far, as compaction does. */
  readonly forget: () => void;
  /** Calls with every event; gives what ends it. */
  readonly subscribe: (reader: (event: StoredEvent) => void) => () => void;
}

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;

export function createStore(): Store {
  const types = new Map<string, Map<string, KubeObject>>();
  const readers = new Set<(event: StoredEvent) => void>();
  let events: StoredEvent[] = [];
  let version = 100;
  let forgottenUpTo = 100;

  const ofType = (plural: string) => {
    const known = types.get(plural) ?? new Map<string, KubeObject>();
    types.set(plural, known);
    return known;
  };
  const emit = (event: StoredEvent) => {
    events.push(event);
    for (const reader of readers) reader(event);
  };
  const put = (object: KubeObject): KubeObject => {
    const { plural, isNamespaced } = typeOfKind(object.kind);
    const { name, namespace = 'default' } = object.metadata;
    const key = keyOf(isNamespaced ? namespace : undefined, name);
    const held = ofType(plural).get(key);
    const metadata = { ...object.metadata, ...(isNamespaced ? { namespace } : {}) };
    const next = stamp({ ...object, metadata }, held, version + 1);
    if (held !== undefined && isDeepStrictEqual(meaning(held), meaning(next))) return held;
    version += 1;
    ofType(plural).set(key, next);
    emit({ version, type: held === undefined ? 'ADDED' : 'MODIFIED', plural, object: next });
    return next;
  };
  const remove = (plural: string, namespace: string | undefined, name: string) => {
    const held = ofType(plural).get(keyOf(namespace, name));
    if (held === undefined) return undefined;
    version += 1;
    ofType(plural).delete(keyOf(namespace, name));
    const object = { ...held, metadata: { ...held.metadata, resourceVersion: String(version) } };
    emit({ version, type: 'DELETED', plural, object });
    return object;
  };
  const list = (plural: string) =>
    [...ofType(plural)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  const forget = () => {
    events = [];
    forgottenUpTo = version;
  };
  const since = (after: number) => (after < forgottenUpTo ? undefined : events.filter(event => event.version > after));
  const subscribe = (reader: (event: StoredEvent) => void) => {
    readers.add(reader);
    return () => void readers.delete(reader);
  };
  const get = (plural: string, namespace: string | undefined, name: string) =>
    ofType(plural).get(keyOf(namespace, name));
  return { version: () => version, get, list, put, remove, since, forget, subscribe };
}

/** Kinds whose changes are counted. */
const COUNTED = ['Ingress', 'IngressClass', 'EndpointSlice'];

/** What the server adds to an object. The generation counts changes of the spec. */
function stamp(object: KubeObject, held: KubeObject | undefined, version: number): KubeObject {
  const { uid: _uid, resourceVersion: _version, generation: _generation, ...metadata } = object.metadata;
  const generation = held?.metadata.generation ?? 1;
  const isSameSpec = held === undefined || isDeepStrictEqual(held['spec'], object['spec']);
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: held?.metadata.uid ?? randomUUID(),
      resourceVersion: String(version),
      ...(COUNTED.includes(object.kind) ? { generation: isSameSpec ? generation : generation + 1 } : {}),
      creationTimestamp: held?.metadata['creationTimestamp'] ?? now,
      managedFields: [
        { manager: 'tester', operation: 'Update', apiVersion: object.apiVersion, time: now, fieldsType: 'FieldsV1' },
      ],
    },
  };
}

/** The object without what changes by itself. */
function meaning({ metadata, ...rest }: KubeObject): unknown {
  const { resourceVersion: _version, managedFields: _fields, generation: _generation, ...fields } = metadata;
  return { ...rest, metadata: fields };
}
