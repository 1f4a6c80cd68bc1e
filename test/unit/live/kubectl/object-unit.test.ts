import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { dump } from 'js-yaml';
import { expect, test } from 'vitest';

import { compile } from '../../../../src/compile/compile.ts';
import { collect } from '../../../../src/diagnostics/diagnostic.ts';
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.ts';
import { isFieldRef } from '../../../../src/diagnostics/place.ts';
import {
  CONFIG_MAP,
  ENDPOINTS,
  INGRESS,
  INGRESS_CLASS,
  SECRET,
  namesOf,
  SERVICE,
} from '../../../../src/live/kubectl/api-types.ts';
import { readObject } from '../../../../src/live/kubectl/object.ts';
import { isSameUnit, unitOf } from '../../../../src/live/kubectl/object-unit.ts';
import type { Unit } from '../../../../src/resources/unit.ts';
import type { PlainObject } from '../../../../src/json/value.ts';
import { readUnit } from '../../../../src/resources/unit.ts';
import type { ReadObject } from '../../../../src/manifests/document.ts';
import { parseSources } from '../../../../src/manifests/parse-sources.ts';
import { locator } from '../../../../src/manifests/locate.ts';
import { renderNginx } from '../../../../src/nginx/render.ts';
import { SETTINGS } from '../../../support/compiled.ts';

const TYPES = [INGRESS, INGRESS_CLASS, SERVICE, ENDPOINTS, SECRET, CONFIG_MAP];
const WHOLE = join(import.meta.dirname, '../../../../fixtures/golden/whole');

/** An object as the API server gives it to a watch. */
function asServed({ value, document: { kind } }: ReadObject): PlainObject {
  const metadata: PlainObject = { namespace: 'default', ...(value['metadata'] as PlainObject) };
  const { namespace: _, ...clusterWide } = metadata;
  const more = { uid: 'a-b', resourceVersion: '17', generation: 1, managedFields: [{ manager: 'kubectl' }] };
  return { ...value, metadata: { ...(kind === 'IngressClass' ? clusterWide : metadata), ...more } };
}

function unitOfValue(value: PlainObject): Unit {
  const form = TYPES.flatMap(({ forms }) => forms).find(
    ({ kind, apiVersion }) => kind === value['kind'] && apiVersion === value['apiVersion'],
  );
  const type = TYPES.find(({ forms }) => form !== undefined && forms.includes(form));
  if (form === undefined || type === undefined) throw new Error(`no type for ${JSON.stringify(value)}`);
  const object = readObject(value, form, type);
  if (typeof object === 'string') throw new Error(object);
  return unitOf(object, form);
}

function rendered(units: readonly Unit[]) {
  const { report, diagnostics } = collect();
  const { routing } = compile(
    units.flatMap(({ resources }) => resources),
    SETTINGS,
    report,
  );
  const said = [...units.flatMap(unit => unit.diagnostics), ...diagnostics];
  return { files: renderNginx(routing, {}).files, said: said.map(found => `${found.rule.name}: ${found.message}`) };
}

/** Findings point into other texts, and what kubectl keeps for itself is not kept. */
function comparable(unit: Unit): unknown {
  const own = ['document', 'kubectl.kubernetes.io/last-applied-configuration'];
  return JSON.parse(JSON.stringify(unit.resources, (key, value: unknown) => (own.includes(key) ? undefined : value)));
}

test.each(readdirSync(WHOLE))('gives what the manifests of %s give', name => {
  const source = { name: 'input.yaml', text: readFileSync(join(WHOLE, name, 'input.yaml'), 'utf8') };
  const objects = parseSources([source], () => undefined).objects.map(asServed);
  const text = dump({ apiVersion: 'v1', kind: 'List', items: objects });
  const offline = readUnit({ name: 'kubectl get -o yaml', text });
  const units = objects.map(unitOfValue);
  expect(units.flatMap(comparable)).toEqual(comparable(offline));
  expect(rendered(units)).toEqual(rendered([offline]));
});

const BAD_INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { rules: [{ host: 'Shop.example.com' }] },
};

function placesOf(unit: Unit): readonly unknown[] {
  const locate = locator(unit.documents);
  const place = ({ at }: Diagnostic) => (at !== undefined && isFieldRef(at) ? locate(at) : at);
  return unit.diagnostics.map(place);
}

test('points findings at the object, as people know it from kubectl', () => {
  expect(placesOf(unitOfValue(BAD_INGRESS))).toEqual([
    {
      file: 'Ingress shop/web',
      line: 8,
      column: 13,
      endLine: 8,
      endColumn: 29,
      excerpt: '    - host: Shop.example.com',
      object: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    },
  ]);
});

const GOOD_INGRESS = { ...BAD_INGRESS, spec: { rules: [{ host: 'shop.example.com' }] } };

test.each([
  { name: 'a new label', change: { metadata: { ...GOOD_INGRESS.metadata, labels: { a: 'b' } } }, isSame: true },
  { name: 'a status', change: { status: { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } } }, isSame: true },
  {
    name: 'an annotation',
    change: { metadata: { ...GOOD_INGRESS.metadata, annotations: { a: 'b' } } },
    isSame: false,
  },
  {
    name: 'the age',
    change: { metadata: { ...GOOD_INGRESS.metadata, creationTimestamp: '2026-01-01T00:00:00Z' } },
    isSame: false,
  },
  { name: 'a host', change: { spec: { rules: [{ host: 'wiki.example.org' }] } }, isSame: false },
])('tells whether $name makes another unit', ({ change, isSame }) => {
  expect(isSameUnit(unitOfValue(GOOD_INGRESS), unitOfValue({ ...GOOD_INGRESS, ...change }))).toBe(isSame);
});

test('hides all of a Secret but its keys', () => {
  const metadata = { name: 'users', namespace: 'shop', annotations: { copy: 'c2VzYW1l' } };
  const unit = unitOfValue({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { auth: 'c2VzYW1l!' } });
  const text = unit.documents[0]?.source.text ?? '';
  expect(text).toContain('auth: (not shown)');
  expect(JSON.stringify([placesOf(unit), unit.diagnostics])).not.toContain('c2VzYW1l');
});

test('keeps no content of a Secret of which only the name is wanted', () => {
  const value = { kind: 'Secret', metadata: { name: 'users', namespace: 'shop' }, data: { auth: 'c2VzYW1l' } };
  expect(JSON.stringify(readObject(value, SECRET.form, namesOf(SECRET)))).not.toContain('c2VzYW1l');
  expect(JSON.stringify(readObject(value, SECRET.form, SECRET))).toContain('c2VzYW1l');
});
