import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';

import { builtAnnotations } from '../../src/annotations/registry.ts';
import { options } from '../../src/controller-config/registry.ts';
import type { Specs } from '../../src/options/option.ts';
import { readUnit } from '../../src/resources/unit.ts';
import { ANNOTATIONS_PREFIX } from '../../src/resources/model.ts';
import { compileSources } from '../support/compiled.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readSchema = (name: string): object =>
  JSON.parse(readFileSync(join(ROOT, 'docs/schemas', name), 'utf8')) as object;

const ajv = new Ajv({ allErrors: true, strict: false });
const isAnnotations = ajv.compile(readSchema('annotations.json'));
const isOptions = ajv.compile(readSchema('options.json'));

/** The manifests of all fixtures. */
const SOURCES = readdirSync(join(ROOT, 'fixtures'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.yaml') && !path.endsWith('requests.yaml'))
  .toSorted()
  .map(path => ({ name: path, text: readFileSync(join(ROOT, 'fixtures', path), 'utf8') }));
const UNITS = SOURCES.map(source => readUnit(source));

/** The ConfigMap of the controller in a fixture, as its head names it. */
const configOf = (text: string): { readonly controllerConfig?: string } => {
  const [, controllerConfig] = /^#.*(?:controllerConfig=|--controller-config )(\S+)/m.exec(text) ?? [];
  return controllerConfig === undefined ? {} : { controllerConfig };
};

/** What has a finding of its own, by document and key: of that an editor may complain. */
const FAULTY = new Set(
  SOURCES.flatMap(source => compileSources([source], configOf(source.text)).diagnostics).flatMap(({ at }) =>
    at === undefined || !('document' in at) ? [] : [`${at.document} ${at.path.at(-1)}`],
  ),
);

interface Written {
  readonly document?: string;
  /** With the prefix, if it is an annotation. */
  readonly key: string;
  readonly text: string;
}

/** The values of names that a spec knows and its type takes: of these an editor must not complain. */
function taken(written: readonly Written[], specs: Specs, prefix: string): readonly Written[] {
  return written.filter(({ document, key, text }) => {
    const spec = key.startsWith(prefix) ? specs[key.slice(prefix.length)] : undefined;
    return spec !== undefined && (text === '' || spec.type.parse(text).ok) && !FAULTY.has(`${document} ${key}`);
  });
}

const writtenIn = (texts: Readonly<Record<string, string>>, document: string): readonly Written[] =>
  Object.entries(texts).map(([key, text]) => ({ document, key, text }));
const ANNOTATIONS = UNITS.flatMap(unit =>
  unit.resources.flatMap(resource =>
    resource.kind === 'Ingress' ? writtenIn(resource.annotations, resource.document) : [],
  ),
);
const CONFIG_MAPS = UNITS.flatMap(unit =>
  unit.resources.flatMap(resource =>
    resource.kind === 'ConfigMap' ? writtenIn(resource.data, resource.document) : [],
  ),
);

const KINDS = [
  {
    kind: 'annotation',
    specs: builtAnnotations(),
    prefix: ANNOTATIONS_PREFIX,
    check: isAnnotations,
    written: ANNOTATIONS,
  },
  { kind: 'option', specs: options, prefix: '', check: isOptions, written: CONFIG_MAPS },
] as const;

describe.each(KINDS)('the schema for editors takes of each $kind', ({ specs, prefix, check, written }) => {
  const refused = (values: readonly Written[]): readonly Written[] =>
    values.filter(({ key, text }) => !check({ [key]: text }));

  test('the example, and nothing as a value', () => {
    const examples = Object.entries(specs).map(([name, { example }]) => ({ key: prefix + name, text: example }));
    expect(refused(taken(examples, specs, prefix))).toEqual([]);
    expect(refused(Object.keys(specs).map(name => ({ key: prefix + name, text: '' })))).toEqual([]);
  });

  test('what fixtures have and its type takes', () => {
    const values = taken(written, specs, prefix);
    expect(values.length).toBeGreaterThan(50);
    expect(refused(values)).toEqual([]);
  });
});

describe('the schema of annotations refuses', () => {
  test.each([
    { name: 'a name that there is not', annotations: { 'limit-rpx': '1' } },
    { name: 'a number without quotes', annotations: { 'limit-rps': 10 } },
    { name: 'a boolean without quotes', annotations: { 'enable-cors': true } },
    { name: 'a word that is no number', annotations: { 'limit-rps': 'ten' } },
    { name: 'a word that is no boolean', annotations: { 'enable-cors': 'yes' } },
    { name: 'a word of another list', annotations: { 'affinity-mode': 'sticky' } },
    { name: 'a word that is no network', annotations: { 'allowlist-source-range': 'office' } },
    { name: 'a word among numbers', annotations: { 'custom-http-errors': '404,5xx' } },
    { name: 'a size with two units', annotations: { 'proxy-body-size': '8mb' } },
  ])('$name', ({ annotations }) => {
    const keyed = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [ANNOTATIONS_PREFIX + key, value]),
    );
    expect(isAnnotations(keyed)).toBe(false);
  });

  test('no annotation of others', () => {
    expect(
      isAnnotations({ 'cert-manager.io/cluster-issuer': 'letsencrypt', 'kubernetes.io/ingress.class': 'nginx' }),
    ).toBe(true);
  });
});

describe('the schema of options refuses', () => {
  test.each([
    { name: 'a name that there is not', data: { hstss: 'true' } },
    { name: 'a boolean without quotes', data: { hsts: true } },
    { name: 'a word that is no boolean', data: { hsts: 'on' } },
    { name: 'a word that is no number', data: { 'hsts-max-age': 'a year' } },
  ])('$name', ({ data }) => {
    expect(isOptions(data)).toBe(false);
  });
});

test.each([
  {
    whole: 'ingress.json',
    part: 'ingress-annotations.json',
    field: ['metadata', 'annotations'],
    bad: { [`${ANNOTATIONS_PREFIX}enable-cors`]: 'yes' },
  },
  { whole: 'config-map.json', part: 'config-map-options.json', field: ['data'], bad: { hsts: 'on' } },
])('$whole and $part refuse it within the whole object', ({ whole, part, field, bad }) => {
  const names = ['annotations.json', 'options.json', 'ingress-annotations.json', 'config-map-options.json'];
  const all = new Ajv({ strict: false, schemas: names.map(name => ({ $id: name, ...readSchema(name) })) });
  const schema = readSchema(whole) as { readonly allOf: readonly [{ readonly $ref: string }, object] };
  // That of Kubernetes is in another place.
  all.addSchema({}, schema.allOf[0].$ref);
  const object = (value: object): unknown => field.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  for (const validate of [all.compile(schema), all.getSchema(part)]) {
    expect(validate?.(object({}))).toBe(true);
    expect(validate?.(object(bad))).toBe(false);
  }
});

test('the modelines in the documentation name schemas that are there', () => {
  const text = readFileSync(join(ROOT, 'docs/editors.md'), 'utf8');
  const named = [...text.matchAll(/\$schema=\S*\/docs\/schemas\/([\w-]+\.json)/g)].map(([, name = '']) => name);
  expect(named).toEqual(['ingress.json', 'config-map.json', 'config-file.json']);
  expect(named.map(readSchema)).toHaveLength(3);
});
