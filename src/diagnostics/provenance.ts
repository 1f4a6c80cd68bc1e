import type { FieldRef, ObjectName } from './place.ts';
import { isSameObject, objectText } from './place.ts';

/** Says why a part of the routing is there. */
export interface Provenance {
  /** One object for all that came from the same resource: where it is hot, asking whether it is the same is enough. */
  readonly resource: ObjectName;
  readonly field: FieldRef;
}

/** Whether parts of the routing came from more than one resource. */
export function areOfSeveral(from: readonly Provenance[]): boolean {
  const [first] = from;
  return from.some(({ resource }) => !isSameObject(resource, first?.resource));
}

/** The resources behind parts of the routing as texts, each once, in the order in which they come first. */
export function resourceTexts(from: Iterable<Provenance>): ReadonlySet<string> {
  const resources = new Set<ObjectName>();
  for (const { resource } of from) resources.add(resource);
  return new Set(Array.from(resources, objectText));
}
