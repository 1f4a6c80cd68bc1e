import type { Finding } from '../diagnostics/diagnostic.ts';
import { shellPath } from '../diagnostics/shell-word.ts';
import type { PassedOver, SourceText } from '../input/source.ts';
import type { Kustomization } from './kustomizations.ts';
import { folderOf, isKustomizationName, isOfFlux, readKustomization } from './kustomizations.ts';
import { unappliedKustomization } from './rules/other-tools.ts';

/** What the files of a repository say of each other. */
export interface Survey {
  /** Those that may hold objects. */
  readonly sources: readonly SourceText[];
  readonly findings: readonly Finding[];
  readonly passedOver: readonly PassedOver[];
  /** Secrets that Kustomize makes, and the file that says so; an empty namespace may be any. */
  readonly secrets: readonly { readonly name: string; readonly namespace: string; readonly file: string }[];
}

/** Looks at the files of a repository as a whole. Files that were named by themselves are left as they are. */
export function surveyRepository(sources: readonly SourceText[]): Survey {
  const kustomizations = sources.flatMap(source => {
    const isOne = source.isFromRepository === true && isKustomizationName(source.name) && !isOfFlux(source);
    return isOne ? (readKustomization(source) ?? []) : [];
  });
  if (kustomizations.length === 0) return { sources, findings: [], passedOver: [], secrets: [] };
  const isIngredient = ingredientsOf(kustomizations);
  const files = new Set(kustomizations.map(({ source }) => source));
  const namespaceOf = namespacesBy(kustomizations);
  const kept = sources
    .filter(source => !files.has(source) && !isIngredient(source))
    .map(source => {
      const namespace = source.isFromRepository === true ? namespaceOf(source.name) : undefined;
      return namespace === undefined ? source : { ...source, namespace };
    });
  const passed = sources.filter(source => !files.has(source) && isIngredient(source));
  return {
    sources: kept,
    findings: unapplied(kustomizations, { kept, isThere: presenceIn(sources) }),
    passedOver: [
      ...kustomizations.map(({ source }) => ({ file: source.name, line: 1, what: 'a kustomization' })),
      ...passed.map(({ name }) => ({ file: name, line: 1, what: 'a patch or data of a kustomization' })),
    ],
    secrets: kustomizations.flatMap(({ secrets, source }) => secrets.map(each => ({ ...each, file: source.name }))),
  };
}

/** Files that are called patches, and of which no kustomization among those here speaks. */
const PATCH_NAME = /(?:^|[-_./])patch(?:es)?(?:[-_./]|$)/i;

function ingredientsOf(kustomizations: readonly Kustomization[]): (source: SourceText) => boolean {
  const taken = new Set(kustomizations.flatMap(({ resources }) => resources));
  const ingredients = new Set(kustomizations.flatMap(each => each.ingredients));
  return ({ name, isFromRepository }) => {
    if (isFromRepository !== true) return false;
    // Flux applies such files as well, to objects that others have made.
    if (PATCH_NAME.test(name)) return true;
    return !taken.has(name) && (ingredients.has(name) || isBelow(name, ingredients));
  };
}

/** Whether one of the folders that a file lies in is among some paths. */
function isBelow(name: string, paths: ReadonlySet<string>): boolean {
  for (let folder = folderOf(name); folder !== ''; folder = folderOf(folder)) if (paths.has(folder)) return true;
  return false;
}

/** An Ingress is what a user wants to hear of; without one, nothing of a kustomization would be checked anyway. */
const INGRESS = /\bkind["']?[ \t]*:[ \t]*["']?Ingress\b/;

/** Whether a path is a file of an input, or a folder with one. */
function presenceIn(sources: readonly SourceText[]): (path: string) => boolean {
  const known = new Set(['']);
  for (const { name } of sources) for (let path = name; !known.has(path); path = folderOf(path)) known.add(path);
  return path => known.has(path);
}

interface Around {
  readonly kept: readonly SourceText[];
  readonly isThere: (path: string) => boolean;
}

/**
 * One note for each kustomization that nobody else takes, and that makes other Ingresses of those in its files; nobody
 * knows what there is in files that are not in the input.
 */
function unapplied(kustomizations: readonly Kustomization[], { kept, isThere }: Around): readonly Finding[] {
  const byFolder = new Map(kustomizations.map(each => [folderOf(each.source.name), each]));
  const texts = new Map(kept.map(source => [source.name, source]));
  const taken = new Set(kustomizations.flatMap(({ resources }) => resources));
  return kustomizations
    .filter(each => !taken.has(folderOf(each.source.name)))
    .filter(each => {
      const all = withNested(each, byFolder);
      if (!all.some(({ isChanging }) => isChanging)) return false;
      const isIngress = (name: string): boolean => INGRESS.test(texts.get(name)?.text ?? '');
      return all.some(
        ({ isIncomplete, resources }) => isIncomplete || resources.some(path => isIngress(path) || !isThere(path)),
      );
    })
    .map(({ source, folder, hasCharts }) => ({
      rule: unappliedKustomization,
      severity: 'info',
      message: `the kustomization of "${folder}" is not applied: what it patches or generates is not checked`,
      help: `check what Kustomize makes of it: kustomize build ${hasCharts ? '--enable-helm ' : ''}${shellPath(folder)} | ingress2nginx lint -`,
      at: { file: source.name, line: 1, column: 1 },
    }));
}

/** The namespace that kustomizations give the objects of a file; undefined where they give none, or several. */
function namespacesBy(kustomizations: readonly Kustomization[]): (file: string) => string | undefined {
  const byFolder = new Map(kustomizations.map(each => [folderOf(each.source.name), each]));
  const taken = new Set(kustomizations.flatMap(({ resources }) => resources));
  const found = new Map<string, Set<string | undefined>>();
  const given = new Set<string>();
  const give = (each: Kustomization, outer: string | undefined): void => {
    // The outermost one has the last word.
    const namespace = outer ?? each.namespace;
    const key = JSON.stringify([each.source.name, namespace]);
    if (given.has(key)) return;
    given.add(key);
    for (const path of each.resources) {
      const nested = byFolder.get(path);
      if (nested === undefined) found.set(path, (found.get(path) ?? new Set()).add(namespace));
      else give(nested, namespace);
    }
  };
  for (const each of kustomizations) if (!taken.has(folderOf(each.source.name))) give(each, undefined);
  return file => {
    const namespaces = found.get(file);
    return namespaces?.size === 1 ? [...namespaces][0] : undefined;
  };
}

/** A kustomization and those that it takes, in any depth. */
function withNested(root: Kustomization, byFolder: ReadonlyMap<string, Kustomization>): readonly Kustomization[] {
  const all = new Set([root]);
  for (const each of all) {
    for (const path of each.resources) {
      const nested = byFolder.get(path);
      if (nested !== undefined) all.add(nested);
    }
  }
  return [...all];
}
