import { keyOfObject } from '../cluster/object-name.ts';
import type { Finding, Lacking, NamedKind } from '../diagnostics/diagnostic.ts';
import { isFieldRef } from '../diagnostics/place.ts';
import { suggestNear } from '../diagnostics/suggest.ts';
import type { Resource } from '../resources/model.ts';
import { DEFAULT_NAMESPACE, folderOf } from './folders.ts';

/** A finding of something that is missing. */
export type LackFinding = Finding & { readonly lacks: Lacking };

/** The objects of an input, for judging what is missing from it. */
export interface NamedObjects {
  /** Whether there is any of the kind where the missing one would be. */
  readonly holdsKind: (found: LackFinding) => boolean;
  /** Whether there is one of its name that is the same but for a namespace which nobody wrote. */
  readonly mayBeElsewhere: (lacks: Lacking) => boolean;
  /** `did you mean shop/web? `; empty where nothing is near. */
  readonly meant: (found: LackFinding) => string;
}

/** Looking for what was meant takes its time. */
const MOST_MEANT = 50;

export function indexNames(resources: readonly Resource[]): NamedObjects {
  const names = new Map<string, string[]>();
  /** The namespaces of the objects of a kind and name. */
  const namespaces = new Map<string, Set<string>>();
  for (const { kind: ownKind, namespace, name, document } of resources) {
    if (ownKind === 'Ingress') continue;
    const kind = ownKind === 'EndpointSet' ? 'Endpoints' : ownKind;
    added(names, groupText(kind, namespace, document), () => []).push(name);
    added(namespaces, `${kind} ${name}`, () => new Set()).add(namespace);
  }
  let looked = 0;
  const others = (lacks: Lacking): ReadonlySet<string> => namespaces.get(`${lacks.kind} ${nameOf(lacks)}`) ?? NONE;
  return {
    holdsKind: found => names.has(groupOf(found)),
    mayBeElsewhere(lacks) {
      const found = others(lacks);
      return namespaceOf(lacks) === DEFAULT_NAMESPACE ? found.size > 0 : found.has(DEFAULT_NAMESPACE);
    },
    meant(found) {
      looked += 1;
      if (looked > MOST_MEANT || found.lacks.kind === 'Endpoints') return '';
      const near = suggestNear(nameOf(found.lacks), names.get(groupOf(found)) ?? []);
      if (near !== undefined) return `did you mean ${keyOfObject(namespaceOf(found.lacks), near)}? `;
      const [other] = others(found.lacks);
      return other === undefined ? '' : otherText(found.lacks, other);
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

function added<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

function otherText(lacks: Lacking, namespace: string): string {
  const other = keyOfObject(namespace, nameOf(lacks));
  return `there is ${other}, but an Ingress only reaches ${pluralOf(lacks.kind)} of its own namespace; `;
}

export function pluralOf(kind: NamedKind): string {
  if (kind === 'Endpoints') return kind;
  return kind === 'IngressClass' ? 'IngressClasses' : `${kind}s`;
}

function namespaceOf({ key }: Lacking): string {
  return key.slice(0, key.indexOf('/'));
}

function nameOf({ key }: Lacking): string {
  return key.slice(key.indexOf('/') + 1);
}

/**
 * What belongs together. Objects for which nobody wrote a namespace are in `default` only as long as they stay in a
 * file: those of another folder may well be meant for another one.
 */
function groupText(kind: string, namespace: string, document: string): string {
  return namespace === DEFAULT_NAMESPACE ? `${kind} ${namespace} ${folderOf(document)}` : `${kind} ${namespace}`;
}

function groupOf({ lacks, at }: LackFinding): string {
  return groupText(lacks.kind, namespaceOf(lacks), at !== undefined && isFieldRef(at) ? at.document : '');
}
