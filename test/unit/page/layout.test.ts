import { expect, test } from 'vitest';

import { drawCards } from '../../../src/page/cards.ts';
import { drawColumns } from '../../../src/page/drawing.ts';
import { ANYTHING, filterRecords } from '../../../src/page/filter.ts';
import type { Wanted } from '../../../src/page/filter.ts';
import { moved, spotsOf } from '../../../src/page/moves.ts';
import { recordsOf, urlOfPath } from '../../../src/page/records.ts';
import { valueRows } from '../../../src/page/values.ts';
import { ingress, rule, service, slice, yamlOf } from '../../support/manifests.ts';
import type { PathRow } from '../../support/manifests.ts';
import { pageDataOf } from '../../support/report-page.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];

const NUMBERS = Array.from({ length: 60 }, (_, index) => index);

const MANIFESTS = yamlOf([
  ...['web', 'api'].flatMap(name => [
    service(name, PORTS, { clusterIP: '10.0.0.7' }),
    slice(name, PORTS, { ready: ['web'] }),
  ]),
  ingress({
    name: 'many',
    rules: [
      rule(
        'many.example.com',
        NUMBERS.map((number): PathRow => [`/p${number}`, 'Exact', number % 2 === 0 ? 'web' : 'api']),
      ),
    ],
  }),
  ingress({
    name: 'shop',
    host: 'shop.example.com',
    annotations: { 'proxy-read-timeout': '5', 'ssl-redirect': 'yes please' },
    paths: [
      ['/', 'Prefix', 'web'],
      ['/api', 'Prefix', 'api'],
      ['/gone', 'Prefix', 'nobody'],
    ],
  }),
  ingress({
    name: 'admin',
    namespace: 'staff',
    host: 'admin.example.com',
    annotations: { 'permanent-redirect': 'https://shop.example.com/' },
    paths: [['/', 'Prefix', 'web']],
  }),
]);

const RECORDS = recordsOf(pageDataOf(MANIFESTS));

const pathsOf = (wanted: Partial<Wanted>) =>
  filterRecords(RECORDS, { ...ANYTHING, ...wanted }).map(({ trunk, branch }) => `${trunk.name}${branch.path}`);

test.each<{ readonly name: string; readonly wanted: Partial<Wanted>; readonly paths: readonly string[] }>([
  { name: 'a path', wanted: { search: '/p17' }, paths: ['many.example.com/p17'] },
  {
    name: 'several words, whatever their case',
    wanted: { search: 'SHOP.example /api' },
    paths: ['shop.example.com/api'],
  },
  { name: 'a namespace', wanted: { namespace: 'staff' }, paths: ['admin.example.com/'] },
  {
    name: 'a policy',
    wanted: { policy: 'timeouts' },
    paths: ['shop.example.com/gone', 'shop.example.com/api', 'shop.example.com/'],
  },
  { name: 'what nginx answers', wanted: { answer: '503' }, paths: ['shop.example.com/gone'] },
  { name: 'redirects', wanted: { answer: 'redirect' }, paths: ['admin.example.com/'] },
  {
    name: 'findings, beside what they concern',
    wanted: { onlyWithFindings: true, search: '/gone nobody' },
    paths: ['shop.example.com/gone'],
  },
  {
    name: 'the words of a finding',
    wanted: { search: 'yes please' },
    paths: ['shop.example.com/gone', 'shop.example.com/api', 'shop.example.com/'],
  },
  { name: 'nothing', wanted: { search: 'no such thing' }, paths: [] },
])('$name can be looked for', ({ wanted, paths }) => {
  expect(pathsOf(wanted).toSorted()).toEqual(paths.toSorted());
});

test('an Exact and a Prefix path of nginx that one rule became are one path', () => {
  const [record] = filterRecords(RECORDS, { ...ANYTHING, search: 'shop.example.com /api' });
  expect(record?.branch).toMatchObject({ path: '/api', match: 'Prefix' });
  expect(record?.branch.locations.map(({ match, path }) => `${match} ${path}`).toSorted()).toEqual([
    'exact /api',
    'prefix /api/',
  ]);
});

test.each([
  { name: 'columns', bands: drawColumns(RECORDS) },
  { name: 'cards', bands: drawCards(RECORDS) },
])('no two boxes lie on each other, and none outside of its band: $name', ({ bands }) => {
  for (const [index, band] of bands.entries()) {
    const { boxes } = band.draw();
    const before = bands[index - 1];
    expect(band.top).toBeGreaterThanOrEqual(before === undefined ? 0 : before.top + before.height);
    for (const box of boxes) {
      expect(box.top + box.height).toBeLessThanOrEqual(band.height);
      const others = boxes.filter(other => other !== box && other.column === box.column);
      expect(others.filter(other => other.top < box.top + box.height && box.top < other.top + other.height)).toEqual(
        [],
      );
    }
  }
  const paths = bands.flatMap(band => band.draw().boxes.filter(({ thing }) => thing.kind === 'path'));
  expect(paths).toHaveLength(RECORDS.length);
});

test('arrows go along the lines and through all boxes of a column', () => {
  const spots = spotsOf(drawColumns(RECORDS));
  const [band] = spots.bands;
  const start = band?.draw().boxes[0]?.key ?? '';
  const path = moved(start, 'right', spots) ?? '';
  expect(spots.at(path)?.box.thing.kind).toBe('path');
  expect(moved(path, 'left', spots)).toBe(start);
  const seen = [moved(path, 'first', spots)];
  for (let next = seen[0]; next !== undefined;) {
    next = moved(next, 'down', spots);
    if (next !== undefined) seen.push(next);
  }
  expect(new Set(seen).size).toBe(RECORDS.length);
  expect(seen.at(-1)).toBe(moved(path, 'last', spots));
  expect(moved(seen.at(-1) ?? '', 'up', spots)).toBe(seen.at(-2));
});

test('a URL of a path is one that a client can ask for', () => {
  expect(RECORDS.map(urlOfPath)).toContain('http://shop.example.com/api');
});

test.each([
  {
    name: 'fields',
    value: { readsAhead: true, buffers: { count: 4, size: '32k' } },
    rows: [
      ['reads ahead', 'yes'],
      ['buffers: count', '4'],
      ['buffers: size', '32k'],
    ],
  },
  {
    name: 'lists',
    value: { networks: ['10.0.0.0/8', '::1'], none: [] },
    rows: [
      ['networks', '10.0.0.0/8, ::1'],
      ['none', 'none'],
    ],
  },
  {
    name: 'lists of objects',
    value: [{ name: 'a' }, { name: '' }],
    rows: [
      ['1: name', 'a'],
      ['2: name', '(empty)'],
    ],
  },
  { name: 'nothing at all', value: {}, rows: [] },
])('values of policies are rows: $name', ({ value, rows }) => {
  expect(valueRows(value)).toEqual(rows);
});
