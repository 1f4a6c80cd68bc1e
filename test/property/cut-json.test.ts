import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cutJsonItems } from '../../src/manifests/cut-json.ts';
import { locator } from '../../src/manifests/locate.ts';
import { readUnit } from '../../src/resources/unit.ts';
import { runs } from './runs.ts';

/** Texts that look like the places where a list is cut. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('},\n{', '\n        },\n        {', '"items": [', ']', '}', '\\', '"', '\u2028'),
);

const object = fc
  .record({
    type: fc.constantFrom(
      'v1 ConfigMap',
      'v1 Secret',
      'v1 Service',
      'networking.k8s.io/v1 Ingress',
      'v1 Pod',
      'v9 Ingress',
    ),
    name: fc.constantFrom('web', 'shop', 'Not_A_Name'),
    data: fc.dictionary(text, fc.oneof(text, fc.constant(7), fc.constant(null)), { maxKeys: 3 }),
  })
  .map(({ type, name, data }) => {
    const [apiVersion = '', kind = ''] = type.split(' ');
    return { apiVersion, kind, metadata: { name, labels: data }, data };
  });

const list = fc.record({
  head: fc.constantFrom(
    { apiVersion: 'v1' },
    { apiVersion: 'v1', kind: 'List' },
    { kind: 'SecretList', apiVersion: 'v1' },
    {},
  ),
  items: fc.array(object, { minLength: 1, maxLength: 6 }),
  tail: fc.constantFrom(
    {},
    { kind: 'List', metadata: { resourceVersion: '' } },
    { kind: 'List', items: [] },
    { items: [{}] },
  ),
  indent: fc.constantFrom(1, 2, 4),
});

/** As printed: keys may be there twice. */
const printed = list.map(({ head, items, tail, indent }) => {
  const parts = [head, { items }, tail].map(part => JSON.stringify(part, undefined, indent).slice(1, -1).trimEnd());
  return `{${parts.filter(part => part !== '').join(',')}\n}\n`;
});

/** The same text with a character more, less or changed somewhere. */
const damaged = fc
  .tuple(printed, fc.nat(), fc.constantFrom('', ',', '}', '{', '"', ']', '\n', '/*', ' '))
  .map(([whole, at, put]) => {
    const place = at % whole.length;
    return whole.slice(0, place) + put + whole.slice(place + (at % 2));
  });

/** With a blank before the colon a list is not cut; only what stands behind it in that line moves. */
const uncut = (whole: string): string => whole.replace('"items":', '"items" :');

function read(whole: string) {
  const unit = readUnit({ name: 'all.json', text: whole });
  const locate = locator(unit.documents);
  const { diagnostics, resources, documents, skipped } = unit;
  return {
    resources,
    skipped,
    ids: documents.map(({ id }) => id),
    said: diagnostics.map(({ rule, message, severity, at }) => {
      const place = at === undefined || !('document' in at) ? at : locate(at);
      return `${rule.name} ${severity} ${message} ${place?.line}`;
    }),
  };
}

describe('a list of JSON that is read item by item gives what it gives as a whole', () => {
  test('as it is printed', () => {
    let count = 0;
    fc.assert(
      fc.property(printed, whole => {
        if (cutJsonItems(whole, 0) !== undefined) count += 1;
        expect(cutJsonItems(uncut(whole), 0)).toBeUndefined();
        expect(read(whole)).toEqual(read(uncut(whole)));
      }),
      runs(300),
    );
    expect(count).toBeGreaterThan(50);
  });

  test('where something in it is broken', () => {
    fc.assert(
      fc.property(damaged, whole => {
        const [cut, other] = [read(whole), read(uncut(whole))];
        // The blank counts as a column.
        expect({ ...cut, said: cut.said.length }).toEqual({ ...other, said: other.said.length });
      }),
      runs(500),
    );
  });
});
