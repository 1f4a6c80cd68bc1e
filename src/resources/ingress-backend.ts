import type { PlainObject, PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { backendEdits } from './ingress-fixes.ts';
import type { IngressBackend, PortRef } from './model.ts';
import { isGiven, numberOf, objectOf, someTextOf, textOf } from './plain.ts';
import { missingField } from './rules/fields.ts';
import { invalidBackend } from './rules/ingress.ts';
import type { Problem } from './subject.ts';

/** v1 has `service: {name, port: {name, number}}`; both betas have `serviceName` and `servicePort`. */
export type BackendForm = 'v1' | 'v1beta1';

const OF_FORM = {
  v1: { own: ['service'], other: ['serviceName', 'servicePort'] },
  v1beta1: { own: ['serviceName', 'servicePort'], other: ['service'] },
} as const;

/** Whether a backend is written as in the other version; `checkBackend` then says how to write it. */
export function isOfOtherForm(form: BackendForm, backend: PlainObject): boolean {
  const { own, other } = OF_FORM[form];
  const has = (field: string) => isGiven(backend[field]);
  return other.some(has) && !own.some(has) && !has('resource');
}

const NONE: readonly Problem[] = [];

/** Why a backend does not name one target. The places count from the backend; if there is none, from what lacks it. */
export function backendProblems(form: BackendForm, value: PlainValue | undefined): readonly Problem[] {
  // A value of another type is reported already, and says nothing of what it was meant to name.
  if (isGiven(value) && !isRecord(value)) return NONE;
  const backend = objectOf(value);
  const hasService = OF_FORM[form].own.some(field => isService(backend[field]));
  const hasResource = isGiven(backend['resource']);
  if (hasService && hasResource) {
    const message = 'this backend names both a Service and a resource';
    return [{ rule: invalidBackend, message, help: 'remove `resource`', path: [] }];
  }
  if (hasService) return form === 'v1' ? portProblems(backend) : betaProblems(backend);
  return hasResource ? NONE : [{ rule: invalidBackend, ...adviseTarget(form, backend), path: [] }];
}

/** A beta version takes an empty port name for a Service, but not the number 0. */
function isService(value: PlainValue | undefined): boolean {
  return isGiven(value) && value !== 0;
}

function adviseTarget(form: BackendForm, backend: PlainObject): Pick<Problem, 'message' | 'help' | 'fix'> {
  if (isOfOtherForm(form, backend)) {
    const message = `this backend is written as in ${form === 'v1' ? 'a v1beta1 version' : 'networking.k8s.io/v1'}`;
    if (form === 'v1beta1') return { message, help: `write ${inV1beta1(backend)}` };
    const edits = backendEdits(backend, []);
    const fix = edits && ({ title: `write ${inV1(backend)}`, effect: 'meant', edits } as const);
    return { message, help: `write ${inV1(backend)}`, fix };
  }
  const example = form === 'v1' ? inV1({}) : inV1beta1({});
  return { message: 'this backend names no Service', help: `write ${example}` };
}

function inV1(backend: PlainObject): string {
  const port = betaPortOf(backend['servicePort']) ?? { number: 80 };
  const isNumber = 'number' in port || /^\d+$/.test(port.name);
  const text = `${isNumber ? 'number' : 'name'}: ${'number' in port ? port.number : port.name}`;
  return `\`service: {name: ${textOf(backend['serviceName']) || 'NAME'}, port: {${text}}}\``;
}

function inV1beta1(backend: PlainObject): string {
  const service = objectOf(backend['service']);
  const port = portOf(objectOf(service['port']));
  const number = port === undefined ? 80 : 'number' in port ? port.number : port.name;
  return `\`serviceName: ${textOf(service['name']) || 'NAME'}\` and \`servicePort: ${number}\``;
}

const PORT_HELP = { v1: 'add `port: {number: 80}` under `service`', v1beta1: 'add `servicePort: 80`' };

function portProblems({ service }: PlainObject): readonly Problem[] {
  const given = objectOf(service)['port'];
  if (!isRecord(service) || (isGiven(given) && !isRecord(given))) return NONE;
  const port = objectOf(given);
  const hasName = isGiven(port['name']) && port['name'] !== '';
  const hasNumber = isGiven(port['number']) && port['number'] !== 0;
  if (hasName && hasNumber) {
    const message = 'this backend names its port both by name and by number';
    return [{ rule: invalidBackend, message, help: 'keep `number` or `name`', path: [] }];
  }
  if (hasName || hasNumber) return NONE;
  return [{ rule: invalidBackend, message: 'this backend names no port', help: PORT_HELP.v1, path: [] }];
}

function betaProblems({ serviceName: name, servicePort: port }: PlainObject): readonly Problem[] {
  const problems: Problem[] = [];
  if (!isGiven(name) || name === '') {
    const path = isGiven(name) ? ['serviceName'] : [];
    const message = 'this backend names a port and no Service';
    problems.push({ rule: missingField, message, help: 'add `serviceName`', path });
  }
  if (!isGiven(port) || port === '' || port === 0) {
    const message = 'this backend names no port';
    problems.push({ rule: invalidBackend, message, help: PORT_HELP.v1beta1, path: [] });
  }
  return problems;
}

/** Undefined when it names no target, which only objects made through a beta version may do. */
export function backendOf(form: BackendForm, value: PlainValue | undefined, at: FieldRef): IngressBackend | undefined {
  const backend = objectOf(value);
  const resource = objectOf(backend['resource']);
  if (isGiven(backend['resource'])) {
    return { kind: 'resource', resource: `${textOf(resource['kind'])} ${textOf(resource['name'])}`, at };
  }
  const service = form === 'v1' ? objectOf(backend['service']) : undefined;
  const name = someTextOf(service === undefined ? backend['serviceName'] : service['name']);
  if (name === undefined) return undefined;
  const port = service === undefined ? betaPortOf(backend['servicePort']) : portOf(objectOf(service['port']));
  return { kind: 'service', service: name, port, at };
}

function portOf(port: PlainObject): PortRef | undefined {
  const name = someTextOf(port['name']);
  if (name !== undefined) return { name };
  const number = numberOf(port['number']);
  return number === 0 ? undefined : { number };
}

function betaPortOf(port: PlainValue | undefined): PortRef | undefined {
  const name = someTextOf(port);
  return name === undefined ? portOf({ number: port ?? 0 }) : { name };
}
