import type { PlainObject, PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import { meantField, meantHosts, meantList, meantPath } from './asked.ts';
import type { BackendForm } from './ingress-backend.ts';
import { backendOf } from './ingress-backend.ts';
import { metadataOf } from './metadata.ts';
import {
  CLASS_ANNOTATION,
  refOf,
  timeOf,
  type Ingress,
  type IngressBackend,
  type IngressPath,
  type IngressRule,
  type IngressTls,
} from './model.ts';
import { isName } from './names.ts';
import { isGiven, listOf, objectOf, someTextOf, textOf } from './plain.ts';
import { mappingsIn } from '../manifests/mappings.ts';
import type { PlacedMapping } from '../manifests/mappings.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Identity, Subject } from './subject.ts';

const RULE_FIELDS = ['http', 'path', 'paths', 'pathType', 'backend'];
/** Fields of a path that are not mistaken for another one. */
export const PATH_FIELDS = ['pathType', 'backend', 'host', 'http', 'serviceName', 'servicePort'];
const SPEC_FIELDS = ['rules', 'tls', 'defaultBackend', 'backend'];
const TOP_FIELDS = ['apiVersion', 'kind', 'metadata', 'status'];

function backendAt(identity: Identity, value: PlainValue | undefined, steps: FieldPath): IngressBackend {
  const at = refOf(identity, ...steps);
  const forms: readonly BackendForm[] = isRecord(objectOf(value)['service']) ? ['v1'] : ['v1beta1', 'v1'];
  const backends = forms.map(form => backendOf(form, value, at));
  return backends.find(backend => backend !== undefined && isPlausible(backend)) ?? { kind: 'unreadable', at };
}

/** What is wrong with the names of a backend has been said; whether there is such a Service is no question then. */
function isPlausible(backend: IngressBackend): boolean {
  if (backend.kind !== 'service') return true;
  const { service, port } = backend;
  if (port === undefined || !isName('service-name', service)) return false;
  return 'name' in port ? /^(?=.*[a-z])[a-z0-9-]{1,15}$/.test(port.name) : port.number >= 1 && port.number <= 65_535;
}

/** One for each text of its path, of which there are several if the key is. */
function pathOf(identity: Identity, value: PlainValue, steps: FieldPath): readonly IngressPath[] {
  const item = objectOf(value);
  const type = meantField(item, 'pathType', ['path']);
  const isText = type === 'Exact' || type === 'Prefix';
  const pathType = type === 'Exact' ? 'Exact' : 'Prefix';
  const backend = backendAt(identity, meantField(item, 'backend'), [...steps, 'backend']);
  const written = isRecord(value) ? meantField(item, 'path', PATH_FIELDS) : value;
  const texts = listOf(written).length > 0 ? listOf(written) : [written];
  return texts.map(text => ({ path: meantPath(text, isText), pathType, backend, at: refOf(identity, ...steps) }));
}

/** The paths of a rule, wherever in it they stand. */
function pathsOf(rule: PlainObject): { readonly values: readonly PlainValue[]; readonly steps: FieldPath } {
  const http = meantField(rule, 'http', ['host', 'hosts', 'path', 'paths']);
  const holder = isRecord(http) ? http : rule;
  const steps = holder === rule ? [] : ['http'];
  const paths = meantList(meantField(holder, 'paths', ['path', ...PATH_FIELDS]));
  if (paths.length > 0) return { values: paths.filter(path => path !== null), steps: [...steps, 'paths'] };
  return { values: isGiven(holder['path']) ? [holder] : [], steps };
}

function rulesOf(identity: Identity, rule: PlainObject, steps: FieldPath): readonly IngressRule[] {
  const { values, steps: inner } = pathsOf(rule);
  const paths = values.flatMap((value, index) => pathOf(identity, value, [...steps, ...inner, index]));
  const hosts = meantHosts(meantField(rule, 'host', RULE_FIELDS));
  return hosts.map(host => ({ host, paths, at: refOf(identity, ...steps) }));
}

/** How deep what an Ingress asks for is looked for; `spec.rules[0].http.paths[0]` is five levels deep. */
const SPEC_LEVELS = 5;

/** Whether a mapping that is not at its place may be a `spec`: what has rules may also be a role or an alert. */
function isSpec(value: PlainObject): boolean {
  if (isGiven(value['defaultBackend'])) return true;
  const rules = meantList(meantField(value, 'rules', ['tls', ...TOP_FIELDS]));
  return rules.some(rule => ['http', 'host', 'paths'].some(field => isGiven(meantField(objectOf(rule), field))));
}

/** Whether there are rules that are not under `spec`: what is said of their place says why there are none. */
export function hasRulesElsewhere(object: PlainObject): boolean {
  return mappingsIn(object, SPEC_LEVELS).some(({ value }) => isSpec(value));
}

/** What stands under `spec`, or what should: a level too deep or too high, or in a field of another name. */
function specOf(object: PlainObject): PlacedMapping {
  const own = { value: objectOf(meantField(object, 'spec', TOP_FIELDS)), path: ['spec'] };
  if (SPEC_FIELDS.some(field => isGiven(own.value[field])) && !isGiven(own.value['spec'])) return own;
  return [own, ...mappingsIn(object, SPEC_LEVELS)].find(({ value }) => isSpec(value)) ?? own;
}

/** The rules, wherever in the object they stand. */
function allRulesOf(identity: Identity, object: PlainObject, spec: PlacedMapping): readonly IngressRule[] {
  const places: readonly PlacedMapping[] = [
    spec,
    { value: object, path: [] },
    { value: metadataOf(object), path: ['metadata'] },
    ...mappingsIn(object, SPEC_LEVELS).filter(({ value }) => isSpec(value)),
  ];
  for (const { value: holder, path } of places) {
    const rules = meantList(meantField(holder, 'rules', ['tls', ...TOP_FIELDS]));
    if (rules.length === 0) continue;
    return rules.flatMap((rule, index) => rulesOf(identity, objectOf(rule), [...path, 'rules', index]));
  }
  const isRule = ['host', 'http', 'paths'].some(field => isGiven(spec.value[field]));
  return isRule ? rulesOf(identity, spec.value, spec.path) : [];
}

/** Values that are no text have been reported; what they were meant to be is not guessed. */
function textsOf(annotations: PlainObject): Readonly<Record<string, string>> {
  const texts: [string, string][] = [];
  for (const [key, value] of Object.entries(annotations)) if (typeof value === 'string') texts.push([key, value]);
  return Object.fromEntries(texts);
}

/** The annotations, wherever they stand. */
function annotationsIn(object: PlainObject, spec: PlainObject): readonly PlainObject[] {
  return [metadataOf(object), object, spec].map(holder => objectOf(meantField(holder, 'annotations', TOP_FIELDS)));
}

/** Whether annotations that do not count, be it for their place or their type, make expressions of paths. */
function mayHaveExpressions(annotations: readonly PlainObject[]): boolean {
  return annotations.some(each => Object.keys(each).some(key => /(?:^|\/)(?:use-regex|rewrite-target)$/.test(key)));
}

/** The class, wherever it stands: an annotation may have been moved with all others. */
function classOf(object: PlainObject, spec: PlainObject): string | undefined {
  const metadata = metadataOf(object);
  const fields = [spec, object, metadata].map(holder =>
    meantField(holder, 'ingressClassName', [...SPEC_FIELDS, ...TOP_FIELDS]),
  );
  const annotated = annotationsIn(object, spec).map(annotations => annotations[CLASS_ANNOTATION]);
  const [first] = [spec['ingressClassName'], ...annotated, ...fields]
    .map(someTextOf)
    .filter(text => text !== undefined);
  return first;
}

/**
 * What an Ingress asked for that the API server or kubectl refuses. Left out, a broader path or host would serve that,
 * perhaps without the password that it asks for.
 */
export function salvageIngress(subject: Subject, identity: Identity): Ingress {
  const object = subject.value;
  const placed = specOf(object);
  const { value: spec, path } = placed;
  const { document, namespace, name } = identity;
  const metadata = metadataOf(object);
  const rules = allRulesOf(identity, object, placed);
  const backend = spec['defaultBackend'] ?? spec['backend'];
  return {
    kind: 'Ingress',
    document,
    namespace,
    name,
    apiVersion: subject.document.apiVersion,
    createdAt: timeOf(someTextOf(metadata['creationTimestamp'])),
    annotations: textsOf(objectOf(metadata['annotations'])),
    annotationsPrefix: subject.annotationsPrefix,
    ingressClassName: classOf(object, spec),
    // Rules that cannot be read do not make it the catch-all.
    defaultBackend: isGiven(backend) ? backendAt(identity, backend, [...path, 'defaultBackend']) : undefined,
    rules,
    tls: listOf(spec['tls']).map((entry, index) => tlsOf(identity, objectOf(entry), index)),
    isRefused: true,
    ...(mayHaveExpressions(annotationsIn(object, spec)) ? { mayHaveExpressions: true } : {}),
  };
}

export function tlsOf(identity: Identity, entry: PlainObject, index: number): IngressTls {
  const hosts = listOf(entry['hosts']).map(host => textOf(host));
  return { hosts, secretName: textOf(entry['secretName']), at: refOf(identity, 'spec', 'tls', index) };
}

/** A valid Ingress as if it were refused, because nginx does not take what it asks for. */
export function refuseIngress(ingress: Ingress): Ingress {
  return { ...ingress, isRefused: true };
}
