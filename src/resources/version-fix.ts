import { collect } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldEdit, Fix } from '../diagnostics/fix.ts';
import { fixIn } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import { meant } from '../fixes/meaning.ts';
import type { PlainObject } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import type { ReadObject } from '../manifests/document.ts';
import { backendEdits, pathTypeEdits } from './ingress-fixes.ts';
import { isGiven, listOf, objectOf } from './plain.ts';

/** The edits that make one of the versions of today, besides the version itself; undefined where there is no safe way. */
type Conversion = (value: PlainObject) => readonly FieldEdit[] | undefined;

const NONE: Conversion = () => [];

/** By kind. */
const CONVERSIONS: ReadonlyMap<string, { readonly to: string; readonly convert: Conversion }> = new Map([
  ['Ingress', { to: 'networking.k8s.io/v1', convert: convertIngress }],
  ['IngressClass', { to: 'networking.k8s.io/v1', convert: NONE }],
  ['EndpointSlice', { to: 'discovery.k8s.io/v1', convert: NONE }],
]);

/**
 * How an object of a removed version is written in the one of today, if nothing that was valid becomes invalid by that.
 *
 * @param examine says what is wrong with an object, but for its version
 */
export function versionFix(
  object: ReadObject,
  examine: (object: ReadObject, report: Report) => unknown,
): Fix | undefined {
  const { document, value } = object;
  const conversion = CONVERSIONS.get(document.kind);
  const edits = conversion?.convert(value);
  if (conversion === undefined || edits === undefined) return undefined;
  const { to } = conversion;
  const all: readonly FieldEdit[] = [{ kind: 'set', at: ['apiVersion'], value: to }, ...edits];
  const converted = meant(
    value,
    all.map(edit => ({ edit, path: edit.at })),
  );
  if (!isMapping(converted)) return undefined;
  const after = errorsOf({ document: { ...document, apiVersion: to }, value: converted }, examine);
  if (after > 0 && after > errorsOf(object, examine)) return undefined;
  // A port in quotes is refused by all versions.
  const effect = edits.some(({ kind }) => kind === 'set') ? 'meant' : 'same';
  return fixIn(document.id, { title: `write it as ${to}`, effect, edits: all });
}

function isMapping(value: unknown): value is PlainObject {
  return isRecord(value);
}

function errorsOf(object: ReadObject, examine: (object: ReadObject, report: Report) => unknown): number {
  const { report, diagnostics } = collect();
  examine(object, report);
  return countSeverities(diagnostics).error;
}

function convertIngress(value: PlainObject): readonly FieldEdit[] | undefined {
  const { backend, rules } = objectOf(value['spec']);
  const edits: FieldEdit[] = [];
  if (isGiven(backend)) {
    const ofDefault = backendEdits(backend, ['spec', 'backend']);
    if (ofDefault === undefined) return undefined;
    edits.push(...ofDefault, { kind: 'rename', at: ['spec', 'backend'], key: 'defaultBackend' });
  }
  for (const [index, rule] of listOf(rules).entries()) {
    const paths = listOf(objectOf(objectOf(rule)['http'])['paths']);
    for (const [number, item] of paths.entries()) {
      const at: FieldPath = ['spec', 'rules', index, 'http', 'paths', number];
      if (!isMapping(item)) return undefined;
      const ofBackend = backendEdits(item['backend'], [...at, 'backend']);
      if (ofBackend === undefined) return undefined;
      edits.push(...pathTypeEdits(item, at), ...ofBackend);
    }
  }
  return edits;
}
