import type { Finding } from '../diagnostics/diagnostic.ts';
import type { ReadObject } from '../manifests/document.ts';
import { metadataOf } from './metadata.ts';
import { isGiven, objectOf, textOf } from './plain.ts';
import { tooLarge } from './rules/fields.ts';
import { tooLargeToApply } from './rules/size.ts';

const KIB = 1024;
/** What an API server reads of a request. Source: apiserver, pkg/server/config.go, MaxRequestBodyBytes. */
const REQUEST_LIMIT = 3 * KIB * KIB;
/** All annotations of an object together. Source: apimachinery, pkg/api/validation, TotalAnnotationSizeLimitB. */
const ANNOTATIONS_LIMIT = 256 * KIB;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** JSON is at most this much longer than the YAML that it is written as: quotes, braces and escapes. */
const GROWTH = 2;

/**
 * What is said of an object that is too large to be sent, or for `kubectl apply` without `--server-side`, which puts a copy
 * of it into an annotation. What a server gave out was small enough.
 */
export function findOversize({ document, value }: ReadObject): Finding | undefined {
  const { start, end, itemPath, part } = document;
  const span = part ?? { start, end };
  if (itemPath.length > 0 && part === undefined) return undefined;
  if ((span.end - span.start) * GROWTH < ANNOTATIONS_LIMIT) return undefined;
  const { uid, resourceVersion } = metadataOf(value);
  if (isGiven(uid) || isGiven(resourceVersion)) return undefined;
  const at = { document: document.id, path: [] };
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > REQUEST_LIMIT) {
    const message = `this ${document.kind} has ${bytes} bytes as JSON, more than the ${REQUEST_LIMIT} that the API server reads`;
    return { rule: tooLarge, message, help: 'divide it into several', at };
  }
  const all = bytes + LAST_APPLIED.length + annotationBytes(objectOf(metadataOf(value)['annotations']));
  if (all <= ANNOTATIONS_LIMIT) return undefined;
  const message = `this ${document.kind} has ${bytes} bytes as JSON: "kubectl apply" fails, which puts a copy into an annotation (${ANNOTATIONS_LIMIT} bytes for all of them)`;
  return { rule: tooLargeToApply, message, help: 'use kubectl apply --server-side, or divide it into several', at };
}

function annotationBytes(annotations: ReturnType<typeof objectOf>): number {
  let bytes = 0;
  for (const key in annotations) if (key !== LAST_APPLIED) bytes += Buffer.byteLength(key + textOf(annotations[key]));
  return bytes;
}
