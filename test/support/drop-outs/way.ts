import type { Manifest } from '../manifests.ts';
import type { Shape } from './shapes.ts';

/** A mistake by which an Ingress, or a part of it, is not served as it asks to be. */
export interface Way {
  readonly name: string;
  /** What is found then. */
  readonly rule?: string;
  readonly change: (guarded: Manifest) => readonly Manifest[];
  readonly edit?: (text: string) => string;
  readonly isRefusedByNginx?: boolean;
  readonly fits?: (shape: Shape) => boolean;
}

/** Any JSON, to be changed. */
export interface Tree {
  [key: string]: unknown;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

export function treeAt(value: unknown, ...keys: readonly (string | number)[]): Tree {
  const found = keys.reduce((holder: unknown, key) => (isTree(holder) ? holder[key] : undefined), value);
  if (!isTree(found)) throw new Error(`nothing at ${keys.join('.')}`);
  return found;
}

export const copyOf = (manifest: Manifest): Tree => treeAt(structuredClone(manifest));
export const annotationsOf = (tree: Tree): Tree => treeAt(tree, 'metadata', 'annotations');

/** One that changes the object. */
export function way(name: string, ruleName: string | undefined, change: (tree: Tree) => void, fits?: Way['fits']): Way {
  return {
    name,
    ...(ruleName === undefined ? {} : { rule: ruleName }),
    ...(fits === undefined ? {} : { fits }),
    change(guarded) {
      const tree = copyOf(guarded);
      change(tree);
      return [tree];
    },
  };
}

export const ofRules = ({ hasRules }: Shape): boolean => hasRules;
export const ofHosts = ({ hasHost }: Shape): boolean => hasHost;

/** One that changes the rule. */
export function ruleWay(name: string, ruleName: string, change: (rule: Tree, tree: Tree) => void, fits = ofRules): Way {
  return way(name, ruleName, tree => change(treeAt(tree, 'spec', 'rules', 0), tree), fits);
}

/** One that changes the path. */
export function pathWay(name: string, ruleName: string, change: (path: Tree) => void, fits = ofRules): Way {
  return ruleWay(name, ruleName, each => change(treeAt(each, 'http', 'paths', 0)), fits);
}

/** One that sets or takes annotations. */
export function annotationWay(name: string, ruleName: string, annotations: Readonly<Record<string, unknown>>): Way {
  return way(name, ruleName, tree => {
    for (const [key, value] of Object.entries(annotations)) {
      annotationsOf(tree)[key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`] = value;
    }
  });
}

/** Moves a field to where nobody looks for it. */
export function moved(from: Tree, key: string, to: Tree, name = key): void {
  to[name] = from[key];
  delete from[key];
}

export function hostWay(name: string, write: (host: string) => unknown): Way {
  const isPlain = (each: Shape): boolean => ofHosts(each) && !each.name.startsWith('a wildcard host');
  return ruleWay(name, 'invalid-host', each => void (each['host'] = write(String(each['host']))), isPlain);
}

export const isLiteral = (each: Shape): boolean => ofRules(each) && !each.name.includes('expression');
