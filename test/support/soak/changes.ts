import { isDeepStrictEqual } from 'node:util';

import { typeOfKind } from '../api-server/types.ts';
import type { KubeObject } from '../api-server/types.ts';
import type { Recipe } from './objects.ts';
import { NAMESPACES, config, ingress, ingressClass, passwordSecret, service, slice, tlsSecret } from './objects.ts';

export interface Change {
  readonly action: 'put' | 'remove';
  readonly object: KubeObject;
  readonly plural: string;
}

/** Makes one change after the other, and knows what is there. */
export interface Changes {
  readonly next: () => Change;
  /** What was made so far, each once, as `Ingress put`. */
  readonly made: () => readonly string[];
}

/** Types by how often they change: pods come and go most. */
const WEIGHTS = [
  ...Array<string>(8).fill('Ingress'),
  ...Array<string>(6).fill('EndpointSlice'),
  ...Array<string>(3).fill('Service'),
  ...Array<string>(3).fill('Secret'),
  'IngressClass',
  'ConfigMap',
];

const keyOf = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

export function changesOf(recipe: Recipe, objects: readonly KubeObject[]): Changes {
  const { dice } = recipe;
  const held = new Map(objects.map(object => [keyOf(object), object]));
  const removed = new Map<string, KubeObject>();
  const made = new Set<string>();
  const ingresses = { count: objects.filter(({ kind }) => kind === 'Ingress').length };

  const propose = (kind: string): Pick<Change, 'action' | 'object'> => {
    const present = [...held.values()].filter(object => object.kind === kind);
    const gone = [...removed.values()].filter(object => object.kind === kind);
    if (present.length > 0 && dice.odds(20)) return { action: 'remove', object: dice.pick(present) };
    if (gone.length > 0 && (present.length === 0 || dice.odds(30))) return { action: 'put', object: dice.pick(gone) };
    return { action: 'put', object: freshOf(kind, recipe, ingresses) };
  };
  const next = (): Change => {
    const change = propose(dice.pick(WEIGHTS));
    const key = keyOf(change.object);
    // What is equal to what is there changes nothing.
    if (change.action === 'put' && isDeepStrictEqual(held.get(key), change.object)) return next();
    if (change.action === 'put') {
      held.set(key, change.object);
      removed.delete(key);
    } else {
      held.delete(key);
      removed.set(key, change.object);
    }
    made.add(`${change.object.kind} ${change.action}`);
    return { ...change, plural: typeOfKind(change.object.kind).plural };
  };
  return { next, made: () => [...made] };
}

/** An object of this kind, new or under a name that exists. */
function freshOf(kind: string, recipe: Recipe, ingresses: { count: number }): KubeObject {
  const { dice } = recipe;
  const namespace = dice.pick(NAMESPACES);
  const name = `web-${dice.below(42)}`;
  switch (kind) {
    case 'Ingress': {
      if (dice.odds(60)) return ingress(recipe, dice.below(ingresses.count));
      ingresses.count += 1;
      return ingress(recipe, ingresses.count);
    }
    case 'EndpointSlice':
      return slice(recipe, namespace, name);
    case 'Service':
      return service(recipe, namespace, name);
    case 'Secret':
      return dice.odds(50) ? tlsSecret(recipe, namespace, 'site-tls') : passwordSecret(recipe, namespace, 'staff');
    case 'IngressClass':
      return ingressClass('spare', { 'example.com/revision': String(dice.below(1_000)) });
    case 'ConfigMap':
      return config(recipe);
    default:
      throw new Error(`the soak does not change objects of kind ${kind}`);
  }
}
