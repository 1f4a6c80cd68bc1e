import { indexCluster } from '../cluster/cluster.ts';
import { concernedIngresses } from '../compile/concerned.ts';
import { isUsualConfig } from '../compile/controller-options.ts';
import type { CompileSettings } from '../compile/settings.ts';
import type { SourceText } from '../input/source.ts';
import { namedPart } from '../manifests/named-parts.ts';
import type { NamedPart } from '../manifests/named-parts.ts';
import type { Piece } from '../manifests/reading.ts';
import type { Ingress, Resource } from '../resources/model.ts';
import type { Unit } from '../resources/unit.ts';
import { readPiecesSteps, readUnitSteps } from '../resources/unit.ts';
import type { Steps } from '../steps/steps.ts';

/** An object that has not been read yet: others name it, if anybody needs it. */
interface Put extends NamedPart {
  readonly source: SourceText;
  readonly piece: Piece;
}

/**
 * Reads as much of the texts as can matter for requests of some hosts: all Ingresses, of which those are kept that have a
 * say, and of Services, endpoints, Secrets and ConfigMaps those that these name. What is wrong with the others is not
 * seen. A compilation makes the same servers of these hosts as one of all texts.
 *
 * @param hosts in lower case, without port
 */
export function* readForHosts(
  sources: readonly SourceText[],
  hosts: readonly string[],
  settings: CompileSettings,
): Steps<readonly Unit[]> {
  const put: Put[] = [];
  const leavesOut = (piece: Piece, source: SourceText): boolean => {
    const named = namedPart(source.text, piece);
    if (named !== undefined) put.push({ ...named, source, piece });
    return named !== undefined;
  };
  const units: Unit[] = [];
  for (const source of sources) units.push(yield* readUnitSteps(source, settings, leavesOut));
  const all = resourcesOf(units);
  const concerned = concernedIngresses(all.filter(isIngress), hosts);
  const kept = units.map(unit => ({
    ...unit,
    resources: unit.resources.filter(each => !isIngress(each) || concerned.has(each)),
  }));
  return [...kept, ...(yield* readNamed(kept, put, settings))];
}

function resourcesOf(units: readonly Unit[]): readonly Resource[] {
  return units.flatMap(({ resources }) => resources);
}

function isIngress(resource: Resource): resource is Ingress {
  return resource.kind === 'Ingress';
}

/** Reads what is named by what has been read, and by that in turn, until nothing more is named. */
function* readNamed(units: readonly Unit[], put: readonly Put[], settings: CompileSettings): Steps<readonly Unit[]> {
  const words = new Set<string>();
  addWords(words, JSON.stringify(settings));
  for (const resource of resourcesOf(units)) addWords(words, textOfNames(resource));
  const read: Unit[] = [];
  let left = put;
  for (;;) {
    const wanted = left.filter(
      ({ kind, name = '' }) => words.has(name) || (kind === 'ConfigMap' && isUsualConfig(name)),
    );
    if (wanted.length === 0) break;
    const taken = new Set(wanted);
    left = left.filter(each => !taken.has(each));
    const fresh = yield* readPut(wanted, settings);
    for (const resource of resourcesOf(fresh)) addWords(words, textOfNames(resource));
    read.push(...fresh);
  }
  return [...read, ...(yield* readWitness([...units, ...read], left, settings))];
}

/** What of a resource may name others. */
function textOfNames(resource: Resource): string {
  switch (resource.kind) {
    case 'Ingress':
      return JSON.stringify(resource);
    case 'Service':
      return resource.externalName ?? '';
    case 'ConfigMap':
      return JSON.stringify(resource.data);
    case 'EndpointSet':
    case 'IngressClass':
    case 'PromisedSecret':
    case 'Secret':
      return '';
  }
}

/** All words of a text, and the parts of those with dots in them. */
function addWords(words: Set<string>, text: string): void {
  for (const word of text.match(/[\w-]+(?:\.[\w-]+)*/g) ?? []) {
    words.add(word);
    if (word.includes('.')) for (const part of word.split('.')) words.add(part);
  }
}

function* readPut(put: readonly Put[], settings: CompileSettings): Steps<readonly Unit[]> {
  const bySource = new Map<SourceText, Piece[]>();
  for (const { source, piece } of put) {
    const pieces = bySource.get(source);
    if (pieces === undefined) bySource.set(source, [piece]);
    else pieces.push(piece);
  }
  const units: Unit[] = [];
  for (const [source, pieces] of bySource) units.push(yield* readPiecesSteps(source, pieces, settings));
  return units;
}

/** So many more are looked at each time. */
const GROWTH = 8;

/**
 * Whether endpoints come from a cluster decides what a Service without any means. One object that shows it is enough:
 * endpoints that a cluster wrote, or that belong to a Service with a selector.
 */
function* readWitness(units: readonly Unit[], left: readonly Put[], settings: CompileSettings): Steps<readonly Unit[]> {
  const endpoints = left.filter(({ kind }) => kind === 'Endpoints' || kind === 'EndpointSlice');
  const services = new Map<string, Put[]>();
  for (const each of left) {
    if (each.kind !== 'Service' || each.name === undefined) continue;
    const known = services.get(each.name);
    if (known === undefined) services.set(each.name, [each]);
    else known.push(each);
  }
  const known = resourcesOf(units);
  const read: Unit[] = [];
  for (let [from, count] = [0, 1]; from < endpoints.length; [from, count] = [from + count, count * GROWTH]) {
    if (isSettled([...known, ...resourcesOf(read)])) break;
    const some = endpoints.slice(from, from + count);
    const theirs = new Set(some.flatMap(({ name = '' }) => services.get(name) ?? []));
    read.push(...(yield* readPut([...some, ...theirs], settings)));
  }
  return read;
}

function isSettled(resources: readonly Resource[]): boolean {
  const { hasEndpoints, isDump } = indexCluster(
    resources.filter(({ kind }) => kind !== 'Ingress'),
    () => undefined,
  );
  return hasEndpoints && isDump;
}
