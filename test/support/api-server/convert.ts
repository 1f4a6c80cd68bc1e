import type { KubeObject } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isBeta = (groupVersion: string) => groupVersion.endsWith('/v1beta1');

/** The object as another version of the API shows it. Only Ingresses differ between versions in what the tests use. */
export function asVersion(object: KubeObject, groupVersion: string): KubeObject {
  const { apiVersion, kind, ...rest } = object;
  const renamed = { kind, apiVersion: groupVersion, ...rest };
  if (kind !== 'Ingress' || isBeta(apiVersion) === isBeta(groupVersion) || !isFields(object['spec'])) return renamed;
  return { ...renamed, spec: isBeta(groupVersion) ? betaSpec(object['spec']) : stableSpec(object['spec']) };
}

function betaSpec({ defaultBackend, rules, ...rest }: Fields): Fields {
  return { ...rest, ...renamedBackend('backend', defaultBackend, betaBackend), ...convertRules(rules, betaBackend) };
}

function stableSpec({ backend, rules, ...rest }: Fields): Fields {
  const convert = stableBackend;
  return { ...rest, ...renamedBackend('defaultBackend', backend, convert), ...convertRules(rules, convert) };
}

function renamedBackend(name: string, backend: unknown, convert: (backend: Fields) => Fields): Fields {
  return isFields(backend) ? { [name]: convert(backend) } : {};
}

function convertRules(rules: unknown, convert: (backend: Fields) => Fields): Fields {
  if (!Array.isArray(rules)) return {};
  return { rules: rules.map((rule: unknown) => (isFields(rule) ? convertRule(rule, convert) : rule)) };
}

function convertRule(rule: Fields, convert: (backend: Fields) => Fields): Fields {
  const http = rule['http'];
  if (!isFields(http) || !Array.isArray(http['paths'])) return rule;
  const paths = http['paths'].map((path: unknown) => {
    if (!isFields(path) || !isFields(path['backend'])) return path;
    return { ...path, backend: convert(path['backend']) };
  });
  return { ...rule, http: { ...http, paths } };
}

function betaBackend({ service, ...rest }: Fields): Fields {
  if (!isFields(service)) return rest;
  const port = isFields(service['port']) ? (service['port']['number'] ?? service['port']['name']) : undefined;
  return { ...rest, serviceName: service['name'], ...(port === undefined ? {} : { servicePort: port }) };
}

function stableBackend({ serviceName, servicePort, ...rest }: Fields): Fields {
  if (serviceName === undefined) return rest;
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: servicePort };
  return { ...rest, service: { name: serviceName, ...(servicePort === undefined ? {} : { port }) } };
}

const METADATA_VERSION = 'meta.k8s.io/v1';

/** Whether a request wants the metadata of objects alone, of one or of a list. */
export function wantsMetadata(accept: string | undefined, kind: 'object' | 'list'): boolean {
  const wanted = kind === 'list' ? 'PartialObjectMetadataList' : 'PartialObjectMetadata';
  return new RegExp(`;as=${wanted};g=meta.k8s.io;v=v1(?:,|$)`, 'u').test(accept ?? '');
}

export function metadataOf({ metadata }: KubeObject): KubeObject {
  return { kind: 'PartialObjectMetadata', apiVersion: METADATA_VERSION, metadata };
}

export function metadataListOf(metadata: object, objects: readonly KubeObject[]) {
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion: METADATA_VERSION,
    metadata,
    items: objects.map(metadataOf),
  };
}
