import { posix } from 'node:path';

import type { SourceText } from '../input/source.ts';
import type { PlainObject, PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import { construct } from './construct.ts';
import { Refusal } from './events.ts';

/** What a file `kustomization.yaml` says of the files around it. Paths are names of sources, or of folders. */
export interface Kustomization {
  readonly source: SourceText;
  /** As messages name it. */
  readonly folder: string;
  /** Files and folders whose objects it takes. */
  readonly resources: readonly string[];
  /** Patches, values and data: files and folders that are no objects of their own. */
  readonly ingredients: readonly string[];
  /** The namespace that its objects get. */
  readonly namespace: string | undefined;
  /** Secrets that it makes. */
  readonly secrets: readonly { readonly name: string; readonly namespace: string }[];
  /** Objects come out of it otherwise than they stand in its files. */
  readonly isChanging: boolean;
  /** It takes objects from elsewhere: charts, other repositories. */
  readonly isIncomplete: boolean;
  readonly hasCharts: boolean;
}

/** Whether a file is one by its name. */
export function isKustomizationName(name: string): boolean {
  return /(?:^|\/)kustomization\.ya?ml$/.test(name);
}

/** Whether it is an object of Flux that only has the name. */
export function isOfFlux({ text }: Pick<SourceText, 'text'>): boolean {
  return /^apiVersion:[ \t]*["']?kustomize\.toolkit\.fluxcd\.io\//m.test(text);
}

/** Reads a kustomization; undefined for a text that is none. */
export function readKustomization(source: SourceText): Kustomization | undefined {
  const value = valueOf(source.text);
  if (value === undefined) return undefined;
  const own = folderOf(source.name);
  const hasCharts = isFilled(value['helmCharts']) || isFilled(value['helmChartInflationGenerator']);
  const at = (path: string): string => joined(own, path);
  const [remote, local] = divided(textsOf(value, 'resources', 'bases', 'components'));
  return {
    source,
    folder: own === '' ? '.' : own,
    resources: local.map(at),
    ingredients: ingredientsOf(value).filter(isPath).map(at),
    namespace: textsOf(value, 'namespace').find(name => name !== ''),
    secrets: secretsOf(value),
    isChanging: CHANGES.some(field => isFilled(value[field])) || remote.length > 0,
    isIncomplete: remote.length > 0 || hasCharts,
    hasCharts,
  };
}

/** The fields that make more of objects than a namespace, a label or an image. */
const CHANGES = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'namePrefix',
  'nameSuffix',
  'commonAnnotations',
  'configMapGenerator',
  'secretGenerator',
  'helmCharts',
  'helmChartInflationGenerator',
  'components',
  'replacements',
  'vars',
  'transformers',
  'generators',
] as const;

function valueOf(text: string): PlainObject | undefined {
  try {
    const value = construct(text).find(document => document.value !== null)?.value;
    return value !== undefined && isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function ingredientsOf(value: PlainObject): readonly string[] {
  const generators = [...recordsOf(value['configMapGenerator']), ...recordsOf(value['secretGenerator'])];
  const data = generators.flatMap(each => textsOf(each, 'files', 'envs', 'env'));
  const paths = ['patches', 'patchesJson6902', 'replacements'].flatMap(field => recordsOf(value[field]));
  return [
    ...textsOf(value, 'patchesStrategicMerge', 'transformers', 'generators', 'validators', 'configurations', 'crds'),
    ...paths.flatMap(each => textsOf(each, 'path')),
    ...data.map(entry => entry.slice(entry.indexOf('=') + 1)),
    ...recordsOf(value['openapi']).flatMap(each => textsOf(each, 'path')),
    ...recordsOf(value['helmCharts']).flatMap(each => textsOf(each, 'valuesFile', 'additionalValuesFiles')),
  ];
}

function secretsOf(value: PlainObject): Kustomization['secrets'] {
  return recordsOf(value['secretGenerator']).flatMap(each => {
    const [name] = textsOf(each, 'name');
    const [namespace = ''] = [...textsOf(each, 'namespace'), ...textsOf(value, 'namespace')];
    return name === undefined ? [] : [{ name, namespace }];
  });
}

function divided(paths: readonly string[]): readonly [remote: readonly string[], local: readonly string[]] {
  const isRemote = (path: string): boolean => /:\/\/|^[\w.-]+@|\?ref=|^github\.com\//.test(path);
  return [paths.filter(isRemote), paths.filter(path => !isRemote(path) && isPath(path))];
}

/** Patches may stand there themselves. */
function isPath(text: string): boolean {
  return text !== '' && !/[\n{]/.test(text);
}

function isFilled(value: PlainValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  return isList(value) ? value.length > 0 : !isRecord(value) || Object.keys(value).length > 0;
}

function recordsOf(value: PlainValue | undefined): readonly PlainObject[] {
  if (value === undefined || value === null) return [];
  return (isList(value) ? value : [value]).filter(each => isRecord(each));
}

/** The texts of fields, be each of them one or a list. */
function textsOf(value: PlainObject, ...fields: readonly string[]): readonly string[] {
  return fields.flatMap(field => [value[field] ?? []].flat(1)).filter(each => typeof each === 'string');
}

export function folderOf(name: string): string {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? '' : name.slice(0, slash);
}

function joined(folder: string, path: string): string {
  const whole = posix.normalize(folder === '' ? path : `${folder}/${path}`);
  return whole.replace(/(?<=.)\/$/, '').replace(/^\.$/, '');
}
