import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { Ingress } from '../resources/model.ts';
import { CLASS_ANNOTATION } from '../resources/model.ts';
import { isName } from '../resources/names.ts';
import type { CompileSettings } from './settings.ts';

/** An Ingress that is not ours, and why. */
export interface LeftOut {
  /** `namespace/name` */
  readonly ingress: string;
  readonly reason: string;
}

export interface Selection {
  /** The oldest first. */
  readonly ours: readonly Ingress[];
  readonly others: readonly Ingress[];
  readonly leftOut: readonly LeftOut[];
}

/** Why an Ingress without any class is not ours. */
export const NO_CLASS = 'it has no ingress class';

/** Why Ingresses were left out, all in one. */
export function reasonOfAll(leftOut: readonly Pick<LeftOut, 'reason'>[]): string {
  const without = leftOut.filter(({ reason }) => reason === NO_CLASS).length;
  if (without === 0) return 'other ingress class';
  return without === leftOut.length ? 'no ingress class' : 'other ingress class, or none';
}

/** Why an Ingress with this class is not ours; undefined if it is. */
function foreignClass(name: string, cluster: Cluster, settings: CompileSettings): string | undefined {
  const found = cluster.classes.get(name);
  if (found !== undefined) {
    if (found.controller === settings.controllerClass) return undefined;
    return `its class "${name}" belongs to the controller ${found.controller}`;
  }
  return name === settings.ingressClass ? undefined : `its ingress class is "${name}"`;
}

/** Whether the class of a refused Ingress is ours but for capitals or blanks, or no name, so that it cannot be told. */
function hasMistypedClass(ingress: Ingress, cluster: Cluster, settings: CompileSettings): boolean {
  const written = ingress.ingressClassName ?? ingress.annotations[CLASS_ANNOTATION];
  if (written === undefined || cluster.classes.has(written)) return false;
  const name = written.trim().toLowerCase();
  return !isName('dns-name', name) || foreignClass(name, cluster, settings) === undefined;
}

/** The class that the API server writes into an Ingress without one; of several the first by name. */
function defaultClass(cluster: Cluster): string | undefined {
  const names = [...cluster.classes.values()].filter(found => found.isDefault).map(found => found.name);
  return names.toSorted()[0];
}

/**
 * Tells our Ingresses from those of other controllers. The field beats the annotation. Files lack what the API server
 * adds: an Ingress without class gets the default class, if the input holds one.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/store, GetIngressClass.
 */
export function selectIngresses(cluster: Cluster, settings: CompileSettings): Selection {
  const byDefault = defaultClass(cluster);
  const reasonAgainst = (ingress: Ingress): string | undefined => {
    if (ingress.isRefused && hasMistypedClass(ingress, cluster, settings)) return undefined;
    if (ingress.ingressClassName !== undefined) return foreignClass(ingress.ingressClassName, cluster, settings);
    const annotation = ingress.annotations[CLASS_ANNOTATION];
    if (annotation !== undefined) {
      return annotation === settings.ingressClass ? undefined : `its class annotation is "${annotation}"`;
    }
    if (byDefault !== undefined) return foreignClass(byDefault, cluster, settings);
    // Its class may be what it has lost: it closes what it asks for rather than leave it to others.
    if (ingress.isRefused) return undefined;
    return settings.watchWithoutClass ? undefined : NO_CLASS;
  };
  const ours: Ingress[] = [];
  const others: Ingress[] = [];
  const leftOut: LeftOut[] = [];
  for (const ingress of cluster.ingresses) {
    const reason = reasonAgainst(ingress);
    if (reason === undefined) {
      ours.push(ingress);
      continue;
    }
    others.push(ingress);
    leftOut.push({ ingress: keyOfObject(ingress.namespace, ingress.name), reason });
  }
  return { ours, others, leftOut };
}
