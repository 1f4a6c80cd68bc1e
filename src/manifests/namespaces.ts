import type { PlainObject } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import { isInNamespace } from './kinds.ts';

/** An object with the namespace that its file gives it, if it does. */
export function withNamespace(value: PlainObject, kind: string, namespace: string | undefined): PlainObject {
  const { metadata } = value;
  if (namespace === undefined || !isInNamespace(kind) || metadata === undefined || !isRecord(metadata)) return value;
  return { ...value, metadata: { ...metadata, namespace } };
}
