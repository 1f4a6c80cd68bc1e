import { asVersion, metadataListOf, metadataOf, wantsMetadata } from './convert.ts';
import { selects } from './route.ts';
import type { Target } from './route.ts';
import {
  CONTINUE_TOO_OLD,
  NO_METHOD,
  alreadyExists,
  badRequest,
  conflict,
  notFound,
  versionMissing,
} from './status.ts';
import type { Refusal, Subject } from './status.ts';
import type { Store } from './store.ts';
import type { KubeObject, Metadata } from './types.ts';

export type Reply = { readonly code: number; readonly value: unknown } | { readonly refusal: Refusal };

export interface ObjectRequest {
  readonly method: string;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  /** Parsed; undefined when there was none. */
  readonly body: unknown;
}

const refused = (refusal: Refusal): Reply => ({ refusal });

/** Everything but watches. */
export function answerObjects(store: Store, request: ObjectRequest): Reply {
  const { method, target } = request;
  if (target.name === undefined) {
    if (method === 'GET') return listObjects(store, request);
    return method === 'POST' && (target.namespace !== undefined || !target.type.isNamespaced)
      ? createObject(store, request)
      : refused(NO_METHOD);
  }
  const subject: Subject = { group: target.group, plural: target.type.plural, name: target.name };
  const held = store.get(target.type.plural, target.namespace, target.name);
  if (held === undefined) return method === 'POST' ? refused(NO_METHOD) : missing(request, subject);
  switch (method) {
    case 'GET':
      return {
        code: 200,
        value: wantsMetadata(request.accept, 'object') ? metadataOf(held) : asVersion(held, target.groupVersion),
      };
    case 'PUT':
      return replaceObject(store, request, held);
    case 'PATCH':
      return patchObject(store, request, held);
    case 'DELETE':
      return deleteObject(store, held, subject);
    default:
      return refused(NO_METHOD);
  }
}

function missing({ method, target, body }: ObjectRequest, subject: Subject): Reply {
  const mismatch = method === 'PUT' && isObject(body) ? mismatchOf(body, target) : undefined;
  return refused(mismatch ?? notFound(subject));
}

function listObjects(store: Store, { target, query, accept }: ObjectRequest): Reply {
  const { unknown, name, namespace } = selects(target, query.get('fieldSelector'));
  if (unknown !== undefined) {
    const known = '"metadata.name", "metadata.namespace"';
    return refused(badRequest(`"${unknown}" is not a known field selector: only ${known}`));
  }
  const all = store
    .list(target.type.plural)
    .filter(({ metadata }) => name === undefined || metadata.name === name)
    .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  const [version = String(store.version()), start = '0'] = (query.get('continue') ?? '').split(':').filter(Boolean);
  // Pages are of one moment; this server has only the present one.
  if (version !== String(store.version())) return refused(CONTINUE_TOO_OLD);
  const limit = Number(query.get('limit') ?? 0) || all.length;
  const end = Number(start) + limit;
  const left = all.length - end;
  const next = left > 0 ? { continue: `${version}:${end}`, remainingItemCount: left } : {};
  const page = all.slice(Number(start), end);
  const metadata = { resourceVersion: version, ...next };
  if (wantsMetadata(accept, 'list')) return { code: 200, value: metadataListOf(metadata, page) };
  const items = page.map(object => {
    // Items of a list do not say what they are.
    const { kind: _kind, apiVersion: _version, ...item } = asVersion(object, target.groupVersion);
    return item;
  });
  return { code: 200, value: { kind: `${target.type.kind}List`, apiVersion: target.groupVersion, metadata, items } };
}

function createObject(store: Store, { target, body }: ObjectRequest): Reply {
  if (!isObject(body)) return refused(badRequest('the body is not an object'));
  const { plural } = target.type;
  const { name } = body.metadata;
  const namespace = target.namespace ?? body.metadata.namespace;
  const problem = mismatchOf(body, { ...target, name });
  if (problem !== undefined) return refused(problem);
  const subject = { group: target.group, plural, name };
  if (store.get(plural, target.namespace, name) !== undefined) return refused(alreadyExists(subject));
  const metadata = target.namespace === undefined ? body.metadata : { ...body.metadata, namespace };
  const { status: _status, ...rest } = body;
  const stored = store.put({ ...(target.type.hasStatus ? rest : body), ...kindOf(target), metadata } as KubeObject);
  return { code: 201, value: stored };
}

function replaceObject(store: Store, { target, body }: ObjectRequest, held: KubeObject): Reply {
  if (!isObject(body)) return refused(badRequest('the body is not an object'));
  const problem = mismatchOf(body, target);
  if (problem !== undefined) return refused(problem);
  const subject = { group: target.group, plural: target.type.plural, name: target.name ?? '' };
  const { resourceVersion = '' } = body.metadata;
  // Leases alone may not be replaced without saying what was read; others are then overwritten.
  if (resourceVersion === '' && held.kind === 'Lease') return refused(versionMissing(subject));
  return write(store, target, held, { ...body, ...kindOf(target) });
}

function patchObject(store: Store, { target, body }: ObjectRequest, held: KubeObject): Reply {
  if (typeof body !== 'object' || body === null) return refused(badRequest('the patch is not an object'));
  return write(store, target, held, mergePatch(asVersion(held, target.groupVersion), body) as KubeObject);
}

/** Stores the part of an object that the path may change, if it was read from what is there. */
function write(store: Store, target: Target, held: KubeObject, next: KubeObject): Reply {
  const { resourceVersion = '' } = next.metadata;
  if (resourceVersion !== '' && resourceVersion !== held.metadata.resourceVersion) {
    return refused(conflict({ group: target.group, plural: target.type.plural, name: held.metadata.name }));
  }
  const { status, ...rest } = asVersion(next, held.apiVersion);
  const { status: heldStatus, ...heldRest } = held;
  const statusOf = (value: unknown) => (value === undefined ? {} : { status: value });
  const { labels, annotations } = next.metadata;
  const metadata: Metadata = { ...held.metadata, ...(labels && { labels }), ...(annotations && { annotations }) };
  const stored = target.isStatus
    ? store.put({ ...heldRest, metadata, ...statusOf(status) })
    : store.put({ ...rest, ...statusOf(target.type.hasStatus ? heldStatus : status) });
  return { code: 200, value: asVersion(stored, target.groupVersion) };
}

function deleteObject(store: Store, { metadata }: KubeObject, subject: Subject): Reply {
  store.remove(subject.plural, metadata.namespace, metadata.name);
  const { group, plural, name } = subject;
  const details = { name, ...(group === '' ? {} : { group }), kind: plural, uid: metadata.uid };
  return { code: 200, value: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
}

function kindOf({ groupVersion, type }: Target) {
  return { kind: type.kind, apiVersion: groupVersion };
}

function mismatchOf({ metadata }: BodyObject, { name, namespace }: Target): Refusal | undefined {
  if (metadata.name !== name) {
    return badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  return metadata.namespace === undefined || metadata.namespace === namespace
    ? undefined
    : badRequest('the namespace of the provided object does not match the namespace sent on the request');
}

interface BodyObject {
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

function isObject(body: unknown): body is BodyObject {
  return typeof body === 'object' && body !== null && 'metadata' in body && typeof body.metadata === 'object';
}

/** RFC 7386: null removes, objects are merged, everything else replaces. */
function mergePatch(held: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof held === 'object' && held !== null && !Array.isArray(held) ? held : {};
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
