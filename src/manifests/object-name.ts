import type { ObjectName } from '../diagnostics/place.ts';
import type { Document } from './document.ts';
import { isInNamespace } from './kinds.ts';

/** The name of an object, checked by nobody; undefined when it has none. */
export function objectNameOf({
  kind,
  name,
  namespace = 'default',
}: Pick<Document, 'kind' | 'name' | 'namespace'>): ObjectName | undefined {
  if (name === undefined) return undefined;
  return isInNamespace(kind) ? { kind, namespace, name } : { kind, name };
}

/** Finds the name of the object of a document by its id. */
export function objectFinder(documents: readonly Document[]): (id: string) => ObjectName | undefined {
  // Many inputs are compiled without anything to say of them.
  let byId: ReadonlyMap<string, Document> | undefined;
  return id => {
    byId ??= new Map(documents.map(document => [document.id, document]));
    const document = byId.get(id);
    return document && objectNameOf(document);
  };
}
