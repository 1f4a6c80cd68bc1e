import { expect, test } from 'vitest';

import type { SyncEvent } from '../../../src/live/events.ts';
import { logJson, logLine } from '../../../src/report/live-log.ts';
import type { LogEntry } from '../../../src/report/live-text.ts';

const AT = Date.UTC(2026, 10, 25, 13, 40, 1, 123);
const SYNCED: SyncEvent = {
  kind: 'synced',
  outcome: 'applied',
  causes: ['Ingress shop/web modified'],
  sinceChangeMs: 1_234,
  durationMs: 45,
  routes: { total: 24, added: 1, removed: 0, changed: 2 },
  objects: 118,
  findings: { error: 0, warning: 2, info: 0 },
};

const NO_ROUTES = { total: 0, added: 0, removed: 0, changed: 0 };

test.each<{ name: string; entry: LogEntry; line: string }>([
  {
    name: 'a sync that is served',
    entry: SYNCED,
    line: 'INFO  synced  24 routes from 118 objects (1 added, 0 removed, 2 changed), in effect after 1.2 s (45 ms compiling and applying), trigger: Ingress shop/web modified',
  },
  {
    name: 'a sync that changed nothing, of several causes',
    entry: { ...SYNCED, outcome: 'unchanged', causes: ['resync', 'Secret shop/tls added'] },
    line: 'INFO  unchanged  24 routes from 118 objects, trigger: resync and 1 more',
  },
  {
    name: 'a sync that findings withhold',
    entry: { ...SYNCED, outcome: 'withheld', problem: '2 errors' },
    line: 'ERROR withheld  the last good configuration stays: 2 errors; trigger: Ingress shop/web modified',
  },
  {
    name: 'a first sync that findings withhold',
    entry: { ...SYNCED, outcome: 'withheld', problem: '2 errors', routes: NO_ROUTES },
    line: 'ERROR withheld  nothing is changed: 2 errors; trigger: Ingress shop/web modified',
  },
  {
    name: 'a sync that failed',
    entry: { ...SYNCED, outcome: 'failed', problem: 'the disk is full' },
    line: 'ERROR failed  the last good configuration stays: the disk is full; trigger: Ingress shop/web modified',
  },
  { name: 'a change', entry: { kind: 'changed', cause: 'a.yaml changed' }, line: 'DEBUG changed  a.yaml changed' },
  {
    name: 'a type that is watched',
    entry: { kind: 'input', type: 'Ingress', state: 'watching', objects: 1 },
    line: 'INFO  Ingress  watching 1 object',
  },
  {
    name: 'a type that is tried again',
    entry: { kind: 'input', type: 'Secret', state: 'retrying', objects: 1, problem: 'refused', retryInMs: 2_000 },
    line: 'WARN  Secret  refused; retrying in 2.0 s',
  },
  {
    name: 'a type that the server does not have',
    entry: { kind: 'input', type: 'EndpointSlice', state: 'absent', objects: 0 },
    line: 'INFO  EndpointSlice  not available',
  },
  {
    name: 'a reload',
    entry: { kind: 'nginx', action: 'reloaded', pid: 812, release: '7-1a2b' },
    line: 'INFO  nginx  reloaded, pid 812, release 7-1a2b',
  },
  { name: 'an nginx that is gone', entry: { kind: 'nginx', action: 'died' }, line: 'ERROR nginx  exited' },
  {
    name: 'a status that is taken back',
    entry: { kind: 'published', ingresses: 2, addresses: [] },
    line: 'INFO  published  2 Ingresses: addresses removed',
  },
  {
    name: 'trouble with text of strangers',
    entry: { kind: 'trouble', what: 'kubectl', problem: 'it said\u001b[31m no\n', retryInMs: 60_000 },
    line: String.raw`WARN  kubectl  it said\x1b[31m no\n; retrying in 60 s`,
  },
])('says on one line: $name', ({ entry, line }) => {
  expect(logLine(entry, AT)).toBe(`2026-11-25T13:40:01.123Z ${line}\n`);
});

test('gives the same as JSON on one line', () => {
  const text = logJson(SYNCED, AT);
  expect(text.trimEnd()).not.toContain('\n');
  expect(JSON.parse(text)).toEqual({
    time: '2026-11-25T13:40:01.123Z',
    level: 'info',
    event: 'synced',
    message: expect.stringMatching(/^synced {2}24 routes/) as string,
    outcome: 'applied',
    causes: ['Ingress shop/web modified'],
    causesTotal: 1,
    sinceChangeMs: 1_234,
    durationMs: 45,
    routes: { total: 24, added: 1, removed: 0, changed: 2 },
    objects: 118,
    findings: { error: 0, warning: 2, info: 0 },
  });
});

test('names the first causes of a burst only', () => {
  const causes = Array.from({ length: 5_000 }, (_, index) => `Ingress shop/web${index} added`);
  const { causes: named, causesTotal } = JSON.parse(logJson({ ...SYNCED, causes }, AT)) as Record<string, unknown>;
  expect({ named: (named as readonly string[]).length, causesTotal }).toEqual({ named: 20, causesTotal: 5_000 });
});

test('lets JSON hold nothing that a terminal obeys', () => {
  const text = logJson({ kind: 'changed', cause: 'a\u001b[2J\u202e.yaml' }, AT);
  expect(text).toContain(String.raw`a\u001b[2J\u202e.yaml`);
  expect(JSON.parse(text)).toMatchObject({ cause: 'a\u001b[2J\u202e.yaml' });
});

test('gives a finding as JSON with the names that --format json has', () => {
  const rule = { id: 'I2N110', name: 'invalid-type', severity: 'error', summary: '', why: '' } as const;
  const finding = {
    rule,
    severity: 'error',
    message: '7 is a number',
    help: 'write a list',
    at: { file: 'a.yaml', line: 4, column: 15 },
    related: [],
  } as const;
  expect(JSON.parse(logJson({ kind: 'finding-gone', finding }, AT))).toEqual({
    time: '2026-11-25T13:40:01.123Z',
    level: 'info',
    event: 'finding-gone',
    message: '7 is a number',
    rule: 'I2N110',
    name: 'invalid-type',
    help: 'write a list',
    file: 'a.yaml',
    line: 4,
    column: 15,
  });
});
