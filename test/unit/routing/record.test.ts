import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { diffRoutings } from '../../../src/answers/diff/diff.ts';
import { isRecord } from '../../../src/json/value.ts';
import type { Location, Routing, Server } from '../../../src/routing/model.ts';
import { readRecord } from '../../../src/routing/read-record.ts';
import { recordOf } from '../../../src/routing/record.ts';
import { routingOf } from '../../support/explained.ts';
import { routingOfFolder as goldenRouting } from '../../support/golden/routing-of-folder.ts';
import { ingress, service, tlsSecret, userSecret } from '../../support/manifests.ts';

const PORTS = [{ number: 80, pod: 8080 }];
const HOST = 'shop.example.com';
const GOLDEN = fileURLToPath(new URL('../../../fixtures/golden', import.meta.url));
const PATHS = ['/', '/a', '/a/', '^/a', 'a"\\ \u2028é'];
const FLAGS = [{}, { isStored: true }, { isGuarded: true }, { isStored: true, isGuarded: true }] as const;
const TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'] as const;

function inputs(): readonly string[] {
  const foldersIn = (path: string): readonly string[] =>
    readdirSync(join(GOLDEN, path), { withFileTypes: true }).flatMap(each => (each.isDirectory() ? each.name : []));
  return foldersIn('.')
    .flatMap(group => foldersIn(group).map(name => `${group}/${name}`))
    .toSorted();
}

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

/** What a record keeps: files are secret, and lines may move. */
function kept(routing: Routing): unknown {
  const isPlace = (value: unknown): boolean => isRecord(value) && 'resource' in value && 'field' in value;
  const placeless = (key: string, value: unknown): unknown => {
    if (isPlace(value) && isRecord(value)) return { resource: value['resource'], field: { document: '', path: [] } };
    if (key !== 'target' || !isRecord(value) || value['kind'] !== 'redirect') return value;
    const { from: _, ...others } = value;
    return others;
  };
  const { streamSnippets = [], ...others } = routing;
  return JSON.parse(JSON.stringify({ ...others, streamSnippets, files: [] }, placeless));
}

test.each(inputs())('all of the routing of %s comes back', path => {
  const routing = goldenRouting(join(GOLDEN, path));
  const text = recordOf(routing);
  expect(JSON.parse(JSON.stringify(read(text)))).toEqual(kept(routing));
  expect(recordOf(read(text))).toBe(text);
});

test('a path of a rule comes back with all that is known of it, whatever the location makes of it', () => {
  const written = PATHS.flatMap(path => TYPES.flatMap(pathType => FLAGS.map(flags => ({ path, pathType, ...flags }))));
  const locationsOf = (location: Location): readonly Location[] =>
    PATHS.flatMap(path => written.map(each => ({ ...location, path, written: each })));
  const routing = sample();
  const servers = routing.servers.map(server => ({ ...server, locations: server.locations.flatMap(locationsOf) }));
  const pathsOf = ({ locations }: Server): readonly unknown[] => locations.map(({ path, written: own }) => [path, own]);
  expect(read(recordOf({ ...routing, servers })).servers.map(pathsOf)).toEqual(servers.map(pathsOf));
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
  { formatVersion: 1, rest: {}, main: 0, http: 0 },
  {
    formatVersion: 1,
    rest: { listeners: {}, defaultCertificate: {}, resolvers: [] },
    main: 0,
    http: 0,
    sets: [{}],
    servers: [['a', null, 7, 0, []]],
  },
])('%j is no record', value => {
  expect(readRecord(value)).toBeUndefined();
});

/** All copies of a value with one of its parts gone, or something else. */
function* edited(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      yield value.toSpliced(index);
      for (const other of edited(each)) yield value.with(index, other);
    }
  } else if (isRecord(value)) {
    for (const [name, each] of Object.entries(value)) {
      const { [name]: _, ...others } = value;
      // What a policy asks for is as its family has it.
      if (name === 'asks') continue;
      yield others;
      for (const other of edited(each)) yield { ...value, [name]: other };
    }
  } else {
    yield 9999;
  }
}

test('an edited record is none, or can be compared', () => {
  const routing = sample();
  const found = Array.from(edited(JSON.parse(recordOf(routing))), each => readRecord(each)).filter(
    each => each !== undefined,
  );
  for (const each of found) expect(() => diffRoutings(each, routing)).not.toThrow();
  expect(found.length).toBeGreaterThan(0);
});
