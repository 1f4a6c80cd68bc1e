import { readdirSync, readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { accepts } from '../../generated/accepts.js';
import type { SchemaName, TextForm } from '../../generated/accepts.js';
import { acceptCode } from '../../scripts/accept-code.mjs';
import { KINDS, TEXTS } from '../../scripts/build-schemas.mjs';
import { schemaErrors } from '../../src/resources/schema-errors.ts';
import { runs } from './runs.ts';

/** What these tests read of a schema. */
interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema | true>>;
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const FOLDER = new URL('../../src/resources/', import.meta.url);
const FILES = readdirSync(FOLDER)
  .filter(name => name.endsWith('.schema.json'))
  .map((name): Schema => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));

function resolve(ref: string, file: Schema): { readonly schema: Schema; readonly file: Schema } {
  const [id, pointer = ''] = ref.split('#');
  const holder = id === '' ? file : FILES.find(each => each.$id === id);
  const schema = pointer === '' ? holder : holder?.$defs?.[pointer.slice('/$defs/'.length)];
  if (holder === undefined || schema === undefined) throw new Error(`there is no schema ${ref}`);
  return { schema, file: holder };
}

/** At home in some field, or just beside: too long by one, of two halves a character, upper case, an end too many. */
const TEXT = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom('web', 'a', 'web-7', 'http', 'app.kubernetes.io/name') },
  fc.constantFrom(
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '-a',
    'a-',
    'a--b',
    '7',
    '7a',
    '*',
    '*.example.com',
    'a.b',
    'a..b',
    '.',
    '..',
  ),
  fc.constantFrom(
    '2024-05-06T07:08:09Z',
    '2024-13-06T07:08:09Z',
    'orphan',
    'a.b/c',
    'TCP',
    'Prefix',
    'IPv4',
    'Web',
    'a%b',
  ),
  fc.constantFrom(62, 63, 64, 100, 101, 253, 254).map(length => 'a'.repeat(length)),
  fc.constantFrom(63, 64).map(length => '\u{1F600}'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const ANY: fc.Arbitrary<unknown> = fc.oneof(
  TEXT,
  fc.constantFrom(null, true, 0, -1, 1, 1.5, 80, 65_535, 65_536, 1e300, -0),
  fc.constantFrom([], [null], ['a'], {}, { a: 'b' }, { name: 'a' }),
);

/** Keys that are none of the fields, among them those that objects inherit. */
const KEY = fc.oneof({ weight: 9, arbitrary: TEXT }, fc.constantFrom('__proto__', 'constructor', 'toString', 'length'));

/** Values that have the shape of a schema, and here and there something else. */
function shaped(schema: Schema | true, file: Schema): fc.Arbitrary<unknown> {
  if (schema === true) return ANY;
  return fc.oneof({ weight: 60, arbitrary: fitting(schema, file) }, ANY);
}

function fitting(schema: Schema, file: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const target = resolve(schema.$ref, file);
    return fitting(target.schema, target.file);
  }
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map(type => ofType(type, schema, file)));
}

function ofType(type: string, schema: Schema, file: Schema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objects(schema, file);
    case 'array':
      return fc.array(shaped(schema.items ?? true, file), { maxLength: 3 });
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.oneof(fc.constantFrom(0, 1, 80, 65_535, 65_536, -1), fc.integer());
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function texts({ enum: values, pattern = '' }: Schema): fc.Arbitrary<string> {
  if (values !== undefined) return fc.constantFrom(...values);
  const expression = new RegExp(pattern, 'u');
  return fc.oneof({ weight: 40, arbitrary: TEXT.filter(text => expression.test(text)) }, TEXT);
}

function objects(schema: Schema, file: Schema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const ofFields = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, shaped(value, file)]));
  const fields = fc.oneof(
    { weight: 40, arbitrary: fc.record(ofFields, { requiredKeys: [...required] }) },
    fc.record(ofFields, { requiredKeys: [] }),
  );
  const value = typeof additionalProperties === 'object' ? shaped(additionalProperties, file) : ANY;
  const others = fc.array(fc.tuple(KEY, value), { maxLength: 2 });
  const isOpen = typeof additionalProperties === 'object' || Object.keys(properties).length === 0;
  return fc
    .tuple(fields, isOpen ? others : fc.oneof({ weight: 30, arbitrary: fc.constant([]) }, others))
    .map(([known, more]) => Object.fromEntries([...Object.entries(known), ...more]));
}

describe('a quick look accepts what ajv accepts', () => {
  test.each(Object.keys(KINDS).filter((name): name is SchemaName => name in accepts))('%s', name => {
    const { schema, file } = resolve(KINDS[name], FILES[0] ?? {});
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(shaped(schema, file), object => {
        const isAccepted = accepts[name](object);
        expect(isAccepted).toBe(schemaErrors(name, object).length === 0);
        seen[isAccepted ? 'accepted' : 'refused'] += 1;
      }),
      runs(300),
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(20);
  });

  const ajv = new Ajv2020({ strict: false, schemas: FILES.map(file => ({ ...file })) });

  test.each(Object.keys(TEXTS).filter((name): name is TextForm => name in accepts))('%s', name => {
    const validate = ajv.getSchema(TEXTS[name]);
    fc.assert(
      fc.property(fc.oneof(TEXT, ANY), value => {
        expect(accepts[name](value)).toBe(validate?.(value));
      }),
      runs(300),
    );
  });
});

describe('a schema that the quick look does not understand fails the build', () => {
  test.each([
    ['a keyword', { type: 'string', format: 'date' }, 'does not know the keyword format'],
    ['a type', { type: 'number' }, 'does not know the type number'],
    ['an enum of objects', { enum: [{}] }, 'compares plain values only'],
    ['a schema that is no object', { type: 'array', items: false }, 'a schema is an object, not false'],
    ['a reference into nowhere', { $ref: '#/$defs/none' }, 'there is no schema #/$defs/none'],
  ])('%s', (_, schema, message) => {
    expect(() => acceptCode([{ $id: 'a.json', ...schema }], { one: 'a.json' })).toThrow(message);
  });
});
