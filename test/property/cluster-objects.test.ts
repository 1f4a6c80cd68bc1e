import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isFieldRef } from '../../src/diagnostics/place.ts';
import {
  CONFIG_MAP,
  ENDPOINTS,
  INGRESS,
  INGRESS_CLASS,
  SECRET,
  SERVICE,
  namesOf,
} from '../../src/live/kubectl/api-types.ts';
import type { ApiType, Served } from '../../src/live/kubectl/api-types.ts';
import { unitOf } from '../../src/live/kubectl/object-unit.ts';
import { readEvent } from '../../src/live/kubectl/watch-events.ts';
import { locator } from '../../src/manifests/locate.ts';
import { runs } from './runs.ts';

// Whatever an API server, or something between, says: it is taken, or left out, and never ends us.

const TYPES = [INGRESS, INGRESS_CLASS, SERVICE, ENDPOINTS, SECRET, namesOf(SECRET), CONFIG_MAP];
const forms = TYPES.flatMap(type => type.forms.map(form => ({ type, form })));

const FIELDS = ['spec', 'data', 'rules', 'http', 'paths', 'ports', 'subsets', 'endpoints', 'type', 'status', 'tls'];
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1e30, '', 'a', '/', '10.0.0.1', 'é\n'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), tie('value'), { maxKeys: 4 }),
  ),
}));

const metadata = fc.record(
  {
    name: fc.oneof(fc.constant('web'), value),
    namespace: fc.oneof(fc.constant('shop'), value),
    labels: value,
    annotations: value,
    creationTimestamp: value,
    resourceVersion: value,
  },
  { requiredKeys: ['name', 'namespace'] },
);

function take(line: string, type: ApiType, form: Served): number {
  const event = readEvent(line, form, type);
  if (event.kind !== 'change') return 0;
  for (const object of event.change.objects) {
    const unit = unitOf(object, form);
    const locate = locator(unit.documents);
    for (const { at } of unit.diagnostics) if (at !== undefined && isFieldRef(at)) locate(at);
  }
  return event.change.objects.length;
}

test('objects of any shape are taken or left out', () => {
  let taken = 0;
  const object = fc.tuple(fc.constantFrom(...forms), metadata, fc.dictionary(fc.constantFrom(...FIELDS), value));
  fc.assert(
    fc.property(object, ([{ type, form }, metadata, fields]) => {
      taken += take(JSON.stringify({ type: 'ADDED', object: { metadata, ...fields } }), type, form);
    }),
    runs(300),
  );
  expect(taken).toBeGreaterThan(0);
});

test('lines of any kind are read', () => {
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({ type: fc.constantFrom('ADDED', 'DELETED', 'ERROR', 'BOOKMARK', 'X'), object: value })
      .map(event => JSON.stringify(event)),
  );
  fc.assert(
    fc.property(line, fc.constantFrom(...forms), (text, { type, form }) => {
      expect(take(text, type, form)).toBeGreaterThanOrEqual(0);
    }),
    runs(300),
  );
});
