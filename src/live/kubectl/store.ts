import type { Unit } from '../../resources/unit.ts';
import type { Served } from './api-types.ts';
import type { KubeObject } from './object.ts';
import { isSameUnit, unitOf } from './object-unit.ts';
import type { Change } from './watch-events.ts';

/** The objects of one type, each as a unit. Changes are named for people: `Ingress shop/web modified`. */
export interface Store {
  /** Takes a list as all there is in this part of the cluster; says what changed. */
  replace(objects: readonly KubeObject[], form: Served): readonly string[];
  /** Takes an event; says what changed. */
  apply(change: Change, form: Served): readonly string[];
  units(): readonly Unit[];
  size(): number;
}

interface Held {
  readonly resourceVersion: string;
  readonly kind: string;
  readonly unit: Unit;
}

/** @param annotationsPrefix what annotations of the controller begin with, slash included */
export function createStore(annotationsPrefix?: string): Store {
  const held = new Map<string, Held>();
  let inOrder: readonly Unit[] | undefined;

  /** Changes of status and the like are taken, but are none. */
  const put = (object: KubeObject, form: Served): string | undefined => {
    const { key, resourceVersion } = object;
    const old = held.get(key);
    const isSameType = old?.unit.documents[0]?.apiVersion === form.apiVersion && old.kind === form.kind;
    if (isSameType && resourceVersion !== '' && old.resourceVersion === resourceVersion) return undefined;
    const unit = unitOf(object, form, annotationsPrefix);
    const isSame = old !== undefined && isSameUnit(old.unit, unit);
    inOrder = undefined;
    // The same resources, so that the next compilation finds nothing new.
    const kept = isSame ? { ...unit, resources: old.unit.resources } : unit;
    held.set(key, { resourceVersion, kind: form.kind, unit: kept });
    if (old === undefined) return `${form.kind} ${key} added`;
    return isSame ? undefined : `${form.kind} ${key} modified`;
  };

  const remove = (key: string): string | undefined => {
    const old = held.get(key);
    held.delete(key);
    inOrder = undefined;
    return old === undefined ? undefined : `${old.kind} ${key} deleted`;
  };

  return {
    replace(objects, form) {
      const listed = new Set(objects.map(({ key }) => key));
      const gone = [...held.keys()].filter(key => !listed.has(key));
      return [...gone.map(remove), ...objects.map(object => put(object, form))].filter(cause => cause !== undefined);
    },
    apply({ type, objects }, form) {
      const causes = objects.map(object => (type === 'DELETED' ? remove(object.key) : put(object, form)));
      return causes.filter(cause => cause !== undefined);
    },
    // The order of events must not show in what is compiled.
    units: () => (inOrder ??= [...held].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { unit }]) => unit)),
    size: () => held.size,
  };
}
