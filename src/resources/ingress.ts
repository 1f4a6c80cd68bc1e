import { isIPv4 } from '../json/ip.ts';
import type { PlainObject, PlainValue } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { defaultBackendFix } from './ingress-fixes.ts';
import { backendOf, backendProblems, isOfOtherForm, type BackendForm } from './ingress-backend.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { checkClass } from './ingress-class-field.ts';
import { pathProblem } from './ingress-path.ts';
import { annotationsOf, controllerLabelsOf, metadataOf } from './metadata.ts';
import {
  CLASS_ANNOTATION,
  refOf,
  timeOf,
  type Ingress,
  type IngressPath,
  type IngressRule,
  type PathType,
} from './model.ts';
import { complainOfName, isName } from './names.ts';
import { placeholderIn, unfilled } from './placeholders.ts';
import { meantField } from './asked.ts';
import { hasRulesElsewhere, PATH_FIELDS, salvageIngress, tlsOf } from './refused-ingress.ts';
import { isGiven, listOf, objectOf, someTextOf, textOf } from './plain.ts';
import { invalidType, unknownField } from './rules/fields.ts';
import { emptyIngress, missingPathType } from './rules/ingress.ts';
import {
  problemBelow,
  type Identity,
  type Kind,
  type Problem,
  type Subject,
  type UnknownFieldAdvice,
} from './subject.ts';

export const ingressKind: Kind = {
  kind: 'Ingress',
  scope: 'namespace',
  nameForm: 'dns-name',
  versions: {
    'networking.k8s.io/v1': 'ingressV1',
    'networking.k8s.io/v1beta1': 'ingressV1beta1',
    'extensions/v1beta1': 'ingressV1beta1',
  },
  check,
  tolerates,
  explainUnknown,
  mayGuard,
  normalise,
  salvage: salvageIngress,
  isSalvagedNameless: true,
};

function formOf(subject: Subject): BackendForm {
  return subject.document.apiVersion === 'networking.k8s.io/v1' ? 'v1' : 'v1beta1';
}

function defaultBackendField(form: BackendForm): string {
  return form === 'v1' ? 'defaultBackend' : 'backend';
}

function isWithoutRules({ rules }: PlainObject): boolean {
  return !isGiven(rules) || (Array.isArray(rules) && rules.length === 0);
}

function check(subject: Subject): void {
  const form = formOf(subject);
  const spec = objectOf(subject.value['spec']);
  const field = defaultBackendField(form);
  if (isGiven(spec[field])) complainAt(subject, backendProblems(form, spec[field]), ['spec', field]);
  else if (isWithoutRules(spec) && !hasRulesElsewhere(subject.value)) {
    const message = `this Ingress has neither \`rules\` nor a \`${field}\``;
    subject.complain({
      rule: emptyIngress,
      message,
      help: 'add `rules`',
      path: isGiven(subject.value['spec']) ? ['spec'] : [],
    });
  }
  checkAnnotations(subject);
  listOf(spec['rules']).forEach((rule, index) => checkRule(subject, form, objectOf(rule), index));
  checkClass(subject);
}

function checkAnnotations(subject: Subject): void {
  // But for those that hold a piece of nginx configuration, which may be any text.
  const isRead = (key: string): boolean =>
    key === CLASS_ANNOTATION || (key.startsWith(subject.annotationsPrefix) && !key.endsWith('-snippet'));
  for (const [name, value] of Object.entries(objectOf(metadataOf(subject.value)['annotations']))) {
    if (typeof value !== 'string' || placeholderIn(value) === undefined || !isRead(name)) continue;
    subject.complain(unfilled(['metadata', 'annotations', name]));
  }
}

/** Whether a field stands under a name that there is not, which is said of that; what lacks it needs no word then. */
function isMisspelt(subject: Subject, object: PlainObject, name: string, others: readonly string[]): boolean {
  if (isGiven(object[name]) || isGiven(metadataOf(subject.value)['uid'])) return false;
  return isGiven(meantField(object, name, others));
}

function checkRule(subject: Subject, form: BackendForm, rule: PlainObject, index: number): void {
  const host = textOf(rule['host']);
  if (isIPv4(host)) subject.complain({ ...complainOfName('host', host), path: ['spec', 'rules', index, 'host'] });
  listOf(objectOf(rule['http'])['paths']).forEach((value, at) => {
    const problems = pathProblems(subject, form, value);
    if (problems.length > 0) complainAt(subject, problems, ['spec', 'rules', index, 'http', 'paths', at]);
  });
}

/** Their places count from the item of `paths`: where it stands need not be known as long as there are none. */
function pathProblems(subject: Subject, form: BackendForm, value: PlainValue): readonly Problem[] {
  const item = objectOf(value);
  const ofPath = isMisspelt(subject, item, 'path', PATH_FIELDS) ? undefined : pathProblem(item);
  // A null among the paths is reported as such.
  const isSaid = value === null || isMisspelt(subject, item, 'backend', PATH_FIELDS);
  const ofBackend = isSaid ? [] : backendProblems(form, item['backend']);
  if (ofPath === undefined && ofBackend.length === 0) return ofBackend;
  const steps = isGiven(item['backend']) ? ['backend'] : [];
  const placed = ofBackend.map(problem => problemBelow(problem, ...steps));
  return ofPath === undefined ? placed : [ofPath, ...placed];
}

function complainAt(subject: Subject, problems: readonly Problem[], path: FieldPath): void {
  for (const problem of problems) subject.complain(problemBelow(problem, ...path));
}

/**
 * What both betas accept and v1 refuses. Objects of a cluster keep what they were made with, so it is no error in
 * them, whatever version they are read through. A value of a wrong type never got into a cluster.
 */
function tolerates(subject: Subject, { rule, path }: Problem): boolean {
  if (rule === invalidType || rule === unknownField || path[0] !== 'spec') return false;
  const isV1 = formOf(subject) === 'v1';
  if (isV1 && !isGiven(metadataOf(subject.value)['uid'])) return false;
  if (path[1] === 'rules' && path[3] === 'http' && typeof path[2] === 'number') {
    const host = textOf(objectOf(listOf(objectOf(subject.value['spec'])['rules'])[path[2]])['host']);
    return host.includes('*') || (isV1 && rule === missingPathType);
  }
  return isV1 && path[1] === 'tls' && path[3] === 'secretName';
}

/**
 * Whether an unknown field may have been meant to keep somebody out: annotations or `tls` in the wrong place, or what
 * looks like them. The API server drops it and serves the rest, and kubectl refuses the object. In objects that came from
 * a cluster, whose fields a server has looked at, only names that people mistake count: others are newer than we are.
 */
function mayGuard(subject: Subject, path: FieldPath): boolean {
  if (path[0] === 'status') return false;
  const field = String(path.at(-1));
  const isLive = isGiven(metadataOf(subject.value)['uid']);
  return !isLive || suggest(field, Object.keys(HOMES)) !== undefined;
}

/** Where fields belong that people put elsewhere. */
const HOMES: Readonly<Record<string, string>> = {
  tls: 'move it to `spec`, beside `rules`',
  rules: 'move it to `spec`',
  ingressClassName: 'move it to `spec`',
  annotations: 'move it to `metadata`',
  labels: 'move it to `metadata`',
  paths: 'move it to `http` of an entry of `rules`',
  path: 'move it to an entry of `paths`',
  pathType: 'move it to the entry of `paths`, beside `path`',
  http: 'move it to an entry of `rules`',
  host: 'move it to an entry of `rules`',
  hostname: 'move it to `host` of the entries of `rules`',
};

function explainUnknown(subject: Subject, path: FieldPath, field: string): UnknownFieldAdvice | undefined {
  const form = formOf(subject);
  const [outer, own] = [path.at(-1), defaultBackendField(form)];
  if (outer === 'backend' || outer === own) {
    const backend = path.reduce<PlainValue | undefined>((value, step) => childOf(value, step), subject.value);
    if (isOfOtherForm(form, objectOf(backend)) && /^service(Name|Port)?$/.test(field)) return 'said by check';
    return undefined;
  }
  if (path.length === 1 && outer === 'spec' && /^(default)?backend$/i.test(field)) {
    const fix = form === 'v1' ? defaultBackendFix(objectOf(subject.value['spec']), field) : undefined;
    return { help: `write \`${own}\`, as this field is called in ${subject.document.apiVersion}`, fix };
  }
  if (field === 'hostname' && outer !== 'spec') return undefined;
  const help = Object.hasOwn(HOMES, field) ? HOMES[field] : undefined;
  return help === undefined ? undefined : { help };
}

function childOf(value: PlainValue | undefined, step: string | number): PlainValue | undefined {
  return typeof step === 'number' ? listOf(value)[step] : objectOf(value)[step];
}

function normalise(subject: Subject, identity: Identity): Ingress {
  const { document, namespace, name } = identity;
  const form = formOf(subject);
  const spec = objectOf(subject.value['spec']);
  const field = defaultBackendField(form);
  return {
    kind: 'Ingress',
    document,
    namespace,
    name,
    apiVersion: subject.document.apiVersion,
    createdAt: timeOf(someTextOf(metadataOf(subject.value)['creationTimestamp'])),
    annotations: annotationsOf(subject),
    annotationsPrefix: subject.annotationsPrefix,
    ...controllerLabelsOf(subject),
    ingressClassName: someTextOf(spec['ingressClassName']),
    defaultBackend: isGiven(spec[field]) ? backendOf(form, spec[field], refOf(identity, 'spec', field)) : undefined,
    rules: listOf(spec['rules']).map((rule, index) => ruleOf(identity, form, objectOf(rule), index)),
    tls: listOf(spec['tls']).map((entry, index) => tlsOf(identity, objectOf(entry), index)),
    isRefused: false,
  };
}

function ruleOf(identity: Identity, form: BackendForm, rule: PlainObject, index: number): IngressRule {
  const host = textOf(rule['host']);
  const at = refOf(identity, 'spec', 'rules', index);
  if (!isGiven(rule['http'])) return { host, paths: undefined, at };
  const paths = listOf(objectOf(rule['http'])['paths']).map((value, number) => {
    const path = pathOf(identity, form, objectOf(value), [...at.path, 'http', 'paths', number]);
    return host.includes('*') ? closedIfUnusable(path) : path;
  });
  return { host, paths, at };
}

function pathOf(identity: Identity, form: BackendForm, path: PlainObject, steps: FieldPath): IngressPath {
  const at = refOf(identity, ...steps, 'backend');
  const backend = backendOf(form, path['backend'], at) ?? { kind: 'unreadable', at };
  return { path: textOf(path['path']), pathType: pathTypeOf(path), backend, at: refOf(identity, ...steps) };
}

function pathTypeOf(path: PlainObject): PathType {
  const type = path['pathType'];
  return type === 'Exact' || type === 'Prefix' ? type : 'ImplementationSpecific';
}

/**
 * Below a wildcard host a beta version looked at nothing, so paths may be there that lead nowhere: reported, and closed,
 * so that no broader path serves them.
 */
function closedIfUnusable(item: IngressPath): IngressPath {
  const { path, backend } = item;
  const isAbsolute = path === '' || path.startsWith('/');
  const isUsable =
    backend.kind !== 'service' || (backend.port !== undefined && isName('service-name', backend.service));
  if (isAbsolute && isUsable) return item;
  return { ...item, path: isAbsolute ? path : `/${path}`, backend: { kind: 'unreadable', at: backend.at } };
}
