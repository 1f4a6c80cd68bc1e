import type { Ingress, IngressClass, Resource } from '../resources/model.ts';
import { CLASS_ANNOTATION } from '../resources/model.ts';
import { isOfOtherController, isOtherClass, isOtherControllerName } from './other-controllers.ts';
import { isNearlyHandled } from './misspelt-class.ts';
import type { CompileSettings } from './settings.ts';

/** Ingresses that one controller handles at once, with everything else, and how it would have to be started. */
export interface ClassGroup {
  readonly resources: readonly Resource[];
  readonly settings: CompileSettings;
}

/** What the controller needs to handle all Ingresses of an input. */
export interface FlagsNeeded {
  /** Ingresses without any class, which need `--watch-ingress-without-class`. */
  readonly withoutClass: number;
  /** Ingresses by the class that `--ingress-class` must name. */
  readonly byClass: ReadonlyMap<string, number>;
}

export interface ClassGroups {
  readonly groups: readonly ClassGroup[];
  readonly needs: FlagsNeeded;
}

/** To whom an Ingress belongs: the usual controller, one of another class, or surely somebody else. */
type Owner = 'usual' | 'without class' | 'other' | { readonly name: string };

/**
 * Divides Ingresses by their classes: all that may be for ingress-nginx, each class as if a controller was started for it,
 * since Ingresses of two classes never compete. What is surely for another controller stays with the first group,
 * which leaves it out.
 */
export function groupByClass(resources: readonly Resource[], settings: CompileSettings): ClassGroups {
  const classes = new Map<string, IngressClass>();
  for (const each of resources) if (each.kind === 'IngressClass') classes.set(each.name, each);
  const owners = new Map<Ingress, Owner>();
  for (const each of resources) if (each.kind === 'Ingress') owners.set(each, ownerOf(each, classes, settings));
  const byClass = new Map<string, number>();
  let withoutClass = 0;
  for (const owner of owners.values()) {
    if (owner === 'without class') withoutClass += 1;
    else if (typeof owner === 'object') byClass.set(owner.name, (byClass.get(owner.name) ?? 0) + 1);
  }
  const needs = { withoutClass, byClass: new Map([...byClass].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
  const usual = {
    resources: ofGroup(resources, owners, undefined),
    settings: { ...settings, watchWithoutClass: true },
  };
  const others = [...needs.byClass.keys()].map(name => ({
    resources: ofGroup(resources, owners, name),
    settings: asController(name, classes, settings),
  }));
  const isUsualEmpty = others.length > 0 && ![...owners.values()].some(owner => typeof owner === 'string');
  return { groups: isUsualEmpty ? others : [usual, ...others], needs };
}

/** The Ingresses of a class, or with `undefined` all that have no group of their own, and whatever is no Ingress. */
function ofGroup(
  resources: readonly Resource[],
  owners: ReadonlyMap<Ingress, Owner>,
  name: string | undefined,
): readonly Resource[] {
  return resources.filter(each => {
    if (each.kind !== 'Ingress') return true;
    const owner = owners.get(each);
    if (typeof owner === 'object') return owner.name === name;
    return name === undefined && !(owner === 'other' && hasNoClass(each));
  });
}

/** A controller for that class, as far as the input knows it. */
function asController(
  name: string,
  classes: ReadonlyMap<string, IngressClass>,
  settings: CompileSettings,
): CompileSettings {
  const asked = { ...settings, ingressClass: name, watchWithoutClass: false };
  const controllerClass = classes.get(name)?.controller;
  return controllerClass === undefined ? { ...asked, isClassAssumed: true } : { ...asked, controllerClass };
}

function hasNoClass({ ingressClassName, annotations }: Ingress): boolean {
  return ingressClassName === undefined && annotations[CLASS_ANNOTATION] === undefined;
}

function ownerOf(ingress: Ingress, classes: ReadonlyMap<string, IngressClass>, settings: CompileSettings): Owner {
  const { ingressClassName, annotations } = ingress;
  const byDefault = [...classes.values()].find(({ isDefault }) => isDefault)?.name;
  const name = ingressClassName ?? annotations[CLASS_ANNOTATION] ?? byDefault;
  if (name === undefined || name === '') return isOfOtherController(ingress) ? 'other' : 'without class';
  const found = classes.get(name);
  if (found !== undefined && ingressClassName === undefined && annotations[CLASS_ANNOTATION] === undefined) {
    return ofClass(found, settings);
  }
  if (name === settings.ingressClass) return 'usual';
  if (found !== undefined) return ofClass(found, settings);
  if (isOtherClass(name) || isOfOtherController(ingress)) return 'other';
  return ingress.isRefused || isNearlyHandled(name, settings) ? 'usual' : { name };
}

function ofClass({ name, controller }: IngressClass, settings: CompileSettings): Owner {
  if (controller === settings.controllerClass) return 'usual';
  return isOtherControllerName(controller) ? 'other' : { name };
}
