import type { FieldEdit, FieldFix } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { PlainObject, PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import { meantField } from './asked.ts';
import { isGiven } from './plain.ts';

/** The number that digits in quotes were meant to be. */
function meantNumber(value: PlainValue | undefined): number | undefined {
  return typeof value === 'string' && /^[1-9][0-9]{0,8}$/.test(value) ? Number(value) : undefined;
}

/**
 * What makes `service` of `serviceName` and `servicePort`, as the API server converts them: a number becomes
 * `port.number`, any other port `port.name`. Undefined where they do not name one port of one Service.
 */
export function backendEdits(backend: PlainValue | undefined, at: FieldPath): readonly FieldEdit[] | undefined {
  if (!isRecord(backend) || isGiven(backend['service'])) return undefined;
  const { serviceName: name, servicePort: port, resource } = backend;
  if (!isGiven(name) && !isGiven(port)) return isGiven(resource) ? [] : undefined;
  if (typeof name !== 'string' || name === '' || isGiven(resource)) return undefined;
  const mended = meantNumber(port);
  const isNumber = (typeof port === 'number' && port !== 0) || mended !== undefined;
  if (!isNumber && (typeof port !== 'string' || port === '')) return undefined;
  const nested: FieldEdit = {
    kind: 'nest',
    at,
    under: 'service',
    fields: [
      { key: 'serviceName', to: ['name'] },
      { key: 'servicePort', to: ['port', isNumber ? 'number' : 'name'] },
    ],
  };
  return mended === undefined ? [nested] : [{ kind: 'set', at: [...at, 'servicePort'], value: mended }, nested];
}

/** What writes the type of a path without one: what the API server took it for in the beta versions. */
export function pathTypeEdits(item: PlainObject, at: FieldPath): readonly FieldEdit[] {
  if (isGiven(item['pathType'])) return [];
  return [{ kind: 'insert', at, key: 'pathType', value: 'ImplementationSpecific', after: 'path' }];
}

/** Of a default backend under its name of the beta versions, in the form of any version. */
export function defaultBackendFix(spec: PlainObject, field: string): FieldFix | undefined {
  const at = ['spec', field];
  const backend = spec[field];
  const isOfV1 = isRecord(backend) && isGiven(backend['service']);
  const shape = isOfV1 ? [] : backendEdits(backend, at);
  if (shape === undefined || isGiven(spec['defaultBackend'])) return undefined;
  const edits = [...shape, { kind: 'rename', at, key: 'defaultBackend' } as const];
  return { title: 'write `defaultBackend`', effect: 'meant', edits };
}

/** What is not mistaken for a path type. */
const OTHER_FIELDS = ['path', 'backend', 'serviceName', 'servicePort'];

/** The letters that the controller takes in a path that is no expression. */
const PLAIN_PATH = /^\/[A-Za-z0-9._/-]*$/;

/**
 * Of a path without type in v1. The controller makes the same of both types, but takes no expression as a Prefix.
 * Source: ingress-nginx 1.15.1, internal/ingress/inspector/ingress.go.
 */
export function pathTypeFix(item: PlainObject, at: FieldPath): FieldFix | undefined {
  const { path } = item;
  if (isGiven(meantField(item, 'pathType', OTHER_FIELDS))) return undefined;
  const isPlain = typeof path === 'string' && PLAIN_PATH.test(path);
  const value = isPlain ? 'Prefix' : 'ImplementationSpecific';
  const edits = [{ kind: 'insert', at, key: 'pathType', value, after: 'path' } as const];
  return { title: `add \`pathType: ${value}\``, effect: 'meant', edits };
}

/** Of a port of v1 that is written as in a beta version, or under the key of the other form. */
export function portFix(value: PlainValue | undefined, at: FieldPath): FieldFix | undefined {
  const [outer, field] = at.slice(-2);
  const number = meantNumber(value);
  if ((typeof value !== 'number' && typeof value !== 'string') || value === '') return undefined;
  const form = typeof value === 'number' || number !== undefined ? 'number' : 'name';
  const mended: readonly FieldEdit[] = number === undefined ? [] : [{ kind: 'set', at, value: number }];
  const nested: FieldEdit = { kind: 'nest', at: at.slice(0, -1), under: 'port', fields: [{ key: 'port', to: [form] }] };
  const title = `write \`${form}: ${value}\``;
  if (outer === 'service' && field === 'port') return { title, effect: 'meant', edits: [...mended, nested] };
  const isOtherForm = outer === 'port' && (field === 'name' || field === 'number') && field !== form;
  if (!isOtherForm || at.at(-3) !== 'service') return undefined;
  return { title, effect: 'meant', edits: [...mended, { kind: 'rename', at, key: form }] };
}
