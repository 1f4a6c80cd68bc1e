import { expect, test } from 'vitest';

import { diffRoutings } from '../../../src/answers/diff/diff.ts';
import type { Routing } from '../../../src/routing/model.ts';
import { readRecord, recordOf } from '../../../src/routing/record.ts';
import { routingOf } from '../../support/explained.ts';
import { ingress, service, tlsSecret, userSecret } from '../../support/manifests.ts';

const PORTS = [{ number: 80, pod: 8080 }];
const HOST = 'shop.example.com';

function sample(): Routing {
  const guarded = { 'auth-type': 'basic', 'auth-secret': 'users', 'limit-rps': '5' };
  return routingOf(
    [
      service('web', PORTS, { clusterIP: '10.0.0.1' }),
      service('api', PORTS, { clusterIP: '10.0.0.2' }),
      userSecret('users'),
      tlsSecret('tls', 'shop'),
      ingress({
        host: HOST,
        paths: [['/v(.*)', 'ImplementationSpecific', 'api']],
        annotations: { ...guarded, 'use-regex': 'true', 'app-root': '/x' },
        tls: [{ hosts: [HOST], secretName: 'tls' }],
      }),
      ingress({ name: 'web', host: '*.example.com', paths: [['/', 'Prefix', 'web']] }),
      ingress({
        name: 'canary',
        host: '*.example.com',
        paths: [['/', 'Prefix', 'api']],
        annotations: { canary: 'true', 'canary-weight': '10', 'canary-by-header': 'X-Next' },
      }),
    ],
    { 'hsts-max-age': '60', 'proxy-body-size': '9m' },
  );
}

const read = (text: string): Routing => readRecord(JSON.parse(text)) ?? expect.fail('it is no record');

test('what is read is what was recorded, but for files and places', () => {
  const routing = sample();
  const { changes, notes, counts } = diffRoutings(read(recordOf(routing)), routing);
  expect({ changes, notes }).toEqual({ changes: [], notes: [] });
  expect(counts.unchanged).toBe(counts.after);
});

test('who asked for a policy is kept, and no place', () => {
  const locations = read(recordOf(sample())).servers.flatMap(server => server.locations);
  const limits = locations.find(({ policies }) => policies.limits !== undefined)?.policies.limits;
  expect(limits?.from).toEqual([
    {
      by: 'annotation',
      name: 'limit-rps',
      at: { resource: { kind: 'Ingress', namespace: 'shop', name: 'shop' }, field: { document: '', path: [] } },
    },
  ]);
});

test('no secret is in it', () => {
  expect(recordOf(sample())).not.toMatch(/PRIVATE KEY|CERTIFICATE|apr1|\$2y\$/);
});

test('it is read once and recorded again as it was', () => {
  const text = recordOf(sample());
  expect(recordOf(read(text))).toBe(text);
});

test.each([
  undefined,
  1,
  {},
  { formatVersion: 2 },
  { formatVersion: 1, objects: [1], asked: [], sets: [], routing: {} },
  { formatVersion: 1, objects: [], asked: [], sets: [], routing: { servers: [] } },
])('%j is no record', value => {
  expect(readRecord(value)).toBeUndefined();
});
