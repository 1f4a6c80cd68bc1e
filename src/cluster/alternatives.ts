import type { Report } from '../diagnostics/diagnostic.ts';
import { listed, many } from '../diagnostics/words.ts';
import type { Resource } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { contentOf, identity } from './doubles.ts';
import { namedAlternatives } from './folder-names.ts';
import { alternativeFolders } from './rules/doubles.ts';

/** A resource, and the file that it stands in. */
export interface Placed {
  readonly resource: Resource;
  readonly file: string;
}

/** A folder or a file; of a file only the resources count. */
interface Node {
  readonly path: string;
  readonly children: Map<string, Node>;
  readonly resources: Resource[];
  /** The children that are not meant to be used together. */
  readonly alternatives: Set<string>;
  /** Objects that several of them have, each with two of its places; in the order in which they were found. */
  readonly repeated: (readonly [first: Placed, second: Placed])[];
}

/** Sets of more resources together than these do without what is common to them. */
const MOST_RESOURCES = 50_000;

/**
 * Divides the resources of a folder into sets that somebody may use together: folders that hold the same object with
 * different content (`dev/` and `prod/`) are alternatives, and so are those whose names say so. Each set has what is
 * common and one alternative of each place, and no object twice. Equal copies count as one. The order of the sets
 * follows the names of the files alone.
 */
export function alternativeSets(placed: readonly Placed[], report: Report): readonly (readonly Resource[])[] {
  const root = treeOf(placed);
  markRepeated(root, placed);
  markNamed(root);
  reportAlternatives(root, report);
  if (!hasAlternatives(root)) return [withoutCopies(placed.map(({ resource }) => resource))];
  return setsOf(root).map(withoutCopies);
}

function nodeAt(path: string): Node {
  return { path, children: new Map(), resources: [], alternatives: new Set(), repeated: [] };
}

function treeOf(placed: readonly Placed[]): Node {
  const root = nodeAt('');
  for (const { resource, file } of placed) leafOf(root, file).resources.push(resource);
  return root;
}

function leafOf(root: Node, file: string): Node {
  let node = root;
  for (const step of stepsOf(file)) {
    const child = node.children.get(step) ?? nodeAt(node.path === '' ? step : `${node.path}/${step}`);
    node.children.set(step, child);
    node = child;
  }
  return node;
}

function stepsOf(file: string): readonly string[] {
  return file.split('/');
}

/** Marks what holds the same object with different content. */
function markRepeated(root: Node, placed: readonly Placed[]): void {
  const byIdentity = new Map<string, Placed[]>();
  for (const each of placed) {
    const key = identity(each.resource);
    const known = byIdentity.get(key);
    if (known === undefined) byIdentity.set(key, [each]);
    else known.push(each);
  }
  for (const versions of byIdentity.values()) {
    if (versions.length < 2) continue;
    const contents = new Map(versions.map(each => [each, contentOf(each.resource)]));
    markVersions(root, versions, { contents, depth: 0 });
  }
}

interface Marking {
  readonly contents: ReadonlyMap<Placed, string>;
  readonly depth: number;
}

function markVersions(node: Node, versions: readonly Placed[], { contents, depth }: Marking): void {
  if (new Set(versions.map(each => contents.get(each))).size < 2) return;
  const byStep = new Map<string, Placed[]>();
  for (const each of versions) {
    const step = stepsOf(each.file)[depth];
    if (step === undefined) continue;
    const known = byStep.get(step);
    if (known === undefined) byStep.set(step, [each]);
    else known.push(each);
  }
  if (byStep.size > 1) {
    for (const step of byStep.keys()) node.alternatives.add(step);
    const [first, second] = [...byStep.values()].map(([each]) => each);
    if (first !== undefined && second !== undefined) node.repeated.push([first, second]);
  }
  for (const [step, each] of byStep) {
    const child = node.children.get(step);
    if (child !== undefined && each.length > 1) markVersions(child, each, { contents, depth: depth + 1 });
  }
}

function markNamed(node: Node): void {
  const folders = [...node.children].filter(([, child]) => child.children.size > 0).map(([name]) => name);
  for (const name of namedAlternatives(node.path, folders, node.alternatives)) node.alternatives.add(name);
  for (const child of node.children.values()) markNamed(child);
}

/** One note for what is beside each other. */
function reportAlternatives(node: Node, report: Report): void {
  const [pair, ...others] = node.repeated;
  if (pair !== undefined) {
    const [first, second] = pair;
    const names = [...node.alternatives].toSorted().map(name => `"${name}"`);
    const objects = others.length === 0 ? 'differs' : `and ${many(others.length, 'more object')} differ`;
    const parent = node.path === '' ? 'this folder' : `"${node.path}"`;
    report({
      rule: alternativeFolders,
      message: `${identity(second.resource)} ${objects} between ${listed(names)} in ${parent}: each of them is checked by itself`,
      at: refOf(second.resource, 'metadata', 'name'),
      related: [{ message: 'the other one is here', at: refOf(first.resource, 'metadata', 'name') }],
    });
  }
  for (const child of node.children.values()) reportAlternatives(child, report);
}

function hasAlternatives({ alternatives, children }: Node): boolean {
  return alternatives.size > 0 || [...children.values()].some(hasAlternatives);
}

type Sets = readonly (readonly Resource[])[];

function setsOf(node: Node): Sets {
  if (node.children.size === 0) return [node.resources];
  const entries = [...node.children].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const shared = entries.filter(([name]) => !node.alternatives.has(name)).map(([, child]) => setsOf(child));
  const single = entries.filter(([name]) => node.alternatives.has(name)).flatMap(([, child]) => setsOf(child));
  const common = sideBySide(shared);
  if (single.length === 0) return common;
  return sideBySide([common, single]);
}

/**
 * The first set of each with each other, then the second ones; who has fewer begins again, unless that comes to too much.
 */
function sideBySide(all: readonly Sets[]): Sets {
  const longest = Math.max(0, ...all.map(({ length }) => length));
  const repeated = all.filter(({ length }) => length < longest).flat();
  const isTooMuch = longest * repeated.reduce((sum, { length }) => sum + length, 0) > MOST_RESOURCES;
  const setAt = (sets: Sets, at: number): readonly Resource[] => sets[isTooMuch ? at : at % sets.length] ?? [];
  return Array.from({ length: longest }, (_, at) => all.flatMap(sets => setAt(sets, at)));
}

function withoutCopies(resources: readonly Resource[]): readonly Resource[] {
  const byIdentity = new Map<string, Resource[]>();
  for (const each of resources) {
    const key = identity(each);
    const known = byIdentity.get(key);
    if (known === undefined) byIdentity.set(key, [each]);
    else known.push(each);
  }
  if (byIdentity.size === resources.length) return resources;
  return [...byIdentity.values()].flatMap(versions =>
    versions.length === 1
      ? versions
      : [...new Map(versions.map(each => [contentOf(each), each] as const).toReversed()).values()].toReversed(),
  );
}
