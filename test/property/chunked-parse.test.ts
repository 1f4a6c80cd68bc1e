import * as fc from 'fast-check';
import { CORE_SCHEMA, dump, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { expect, test } from 'vitest';

import type { PlainValue } from '../../src/json/value.ts';
import { isRecord } from '../../src/json/value.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import { cutAny, cutDocuments } from '../../src/manifests/cut.ts';
import { skipSpace, skipValue } from '../../src/manifests/json-scan.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';
import { runs } from './runs.ts';

/** Strings that are hard for whoever cuts texts: markers, keys and comments inside of values. */
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '---',
    '\n---\n',
    '...\n',
    'kind: Pod',
    '\nkind: Pod\n',
    '- a\n- b',
    '# Source: a',
    '%YAML',
    'yes',
    '0120',
    '',
    ' ',
    '\t',
    '&a',
    '*a',
    '\r\n',
    '\u2028',
  ),
);

const value: fc.Arbitrary<PlainValue> = fc.letrec<{ node: PlainValue }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(text, tie('node'), { maxKeys: 3 }),
  ),
})).node;

const object = fc
  .record({
    type: fc.constantFrom(
      'v1 ConfigMap',
      'v1 Secret',
      'networking.k8s.io/v1 Ingress',
      'v1 Pod',
      'apps/v1 Deployment',
      'acme.io/v1 Service',
    ),
    fields: fc.dictionary(fc.oneof(text, fc.constantFrom('data', 'metadata', 'items')), value, { maxKeys: 4 }),
  })
  .map(({ type, fields }) => {
    const [apiVersion = '', kind = ''] = type.split(' ');
    return { ...fields, apiVersion, kind };
  });

interface Style {
  readonly separator: string;
  readonly lineEnd: string;
  readonly head: string;
}

const style = fc.record({
  separator: fc.constantFrom(
    '---\n',
    '---\n',
    '---\n',
    '--- # next\n',
    '...\n---\n',
    '---\n# Source: a/b.yaml\n',
    '---\n---\n',
  ),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  head: fc.constantFrom('', '---\n', '# comment\n', '\uFEFF', '%YAML 1.1\n---\n'),
});

const yamlOf = (objects: readonly object[], { separator, lineEnd, head }: Style): string =>
  `${head}${objects.map(one => dump(one, { schema: YAML11_SCHEMA, lineWidth: 20 })).join(separator)}`.replaceAll(
    '\n',
    lineEnd,
  );

function read(source: string) {
  const { report, diagnostics } = collect();
  const { objects, skipped } = parseSources([{ name: 'all.yaml', text: source }], report);
  const documents = objects.map(({ document }) => document);
  return { values: objects.map(({ value }) => value), documents, skipped, diagnostics };
}

const OURS = new Set(['v1 ConfigMap', 'v1 Secret', 'networking.k8s.io/v1 Ingress']);

/** What js-yaml makes of the whole text at once. */
function plainRead(source: string): readonly PlainValue[] {
  const documents = loadAll(source, { schema: CORE_SCHEMA, maxDepth: 500 });
  return documents.flatMap(document => (isPlain(document) && isRecord(document) ? [document] : []));
}

function isPlain(document: unknown): document is PlainValue {
  return document !== undefined;
}

const isOurs = (one: PlainValue): boolean => {
  if (!isRecord(one)) return false;
  const { apiVersion, kind } = one;
  return typeof apiVersion === 'string' && typeof kind === 'string' && OURS.has(`${apiVersion} ${kind}`);
};

test('cutting, skipping and batching give what one parse of the whole text gives', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 8 }), style, (objects, how) => {
      const source = yamlOf(objects, how);
      // A key that begins with three dashes: kubectl refuses the file.
      fc.pre(!/^\uFEFF?---[^\s]/m.test(source));
      const { values, skipped, diagnostics } = read(source);
      const all = plainRead(source);
      expect(diagnostics).toEqual([]);
      expect(values).toEqual(all.filter(isOurs));
      expect([...skipped.values()].reduce((sum, count) => sum + count, 0)).toBe(all.length - values.length);
    }),
    runs(400),
  );
});

test('the quick cut is the careful cut', () => {
  const line = fc.constantFrom(
    '---',
    '--- ',
    '--- a',
    '...',
    '----',
    '--',
    'a: 1',
    '%YAML 1.1',
    '# c',
    '',
    '  ---',
    '- ---',
    '\uFEFF---',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, lineEnd) => {
      const source = lines.join(lineEnd);
      expect(cutDocuments(source)).toEqual(cutAny(source));
    }),
    runs(2000),
  );
});

test('a long list is read like its items one by one', () => {
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), objects => {
      const filler = { apiVersion: 'v1', kind: 'ConfigMap', data: { filler: 'x\n'.repeat(20_000) } };
      const items = [...objects, filler, filler];
      const list = read(
        dump({ apiVersion: 'v1', items, kind: 'List' }, { schema: YAML11_SCHEMA, seqNoIndent: true, noRefs: true }),
      );
      expect(list.diagnostics).toEqual([]);
      expect(list.values).toEqual(items.filter(isOurs));
      expect(list.documents.map(document => document.itemPath[1])).toEqual(
        items.flatMap((one, index) => (isOurs(one) ? [index] : [])),
      );
    }),
    runs(100),
  );
});

test('what JSON.parse refuses, the JSON scanner refuses, and nothing else', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '1', '\\', '\n', ':'))
    .map(([json, at, put]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + put + json.slice(cut + 1);
    });
  const isJson = (source: string): boolean => {
    try {
      JSON.parse(source);
      return true;
    } catch {
      return false;
    }
  };
  const isScanned = (source: string): boolean => {
    try {
      return skipSpace(source, skipValue(source, skipSpace(source, 0))) === source.length;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken), source => {
      expect(isScanned(source)).toBe(isJson(source));
    }),
    runs(2000),
  );
});

test('no text makes the parser throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(text).map(parts => parts.join('\n')),
      ),
      fc.constantFrom('a.yaml', 'a.json'),
      (source, name) => {
        const { report } = collect();
        expect(() => parseSources([{ name, text: source }], report)).not.toThrow();
      },
    ),
    runs(2000),
  );
});
