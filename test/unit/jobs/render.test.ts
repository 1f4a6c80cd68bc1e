import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { Hold } from '../../../src/jobs/hold.ts';
import type { Loaded } from '../../../src/jobs/loaded.ts';
import { loadPaths, loadTexts } from '../../../src/jobs/load.ts';
import type { Rendered, RenderRequest } from '../../../src/jobs/render.ts';
import { renderLoaded } from '../../../src/jobs/render.ts';
import { confOf } from '../../../src/nginx/file-set.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';
import type { Manifest } from '../../support/manifests.ts';

const FAIL: Hold = { onError: 'fail', failOn: 'error' };
const ISOLATE: Hold = { onError: 'isolate', failOn: 'error' };

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const SHOP = ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] });
/** A warning: nobody sets the second group. */
const EMPTY_GROUP = ingress({
  host: 'shop.example.com',
  paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
  annotations: { 'rewrite-target': '/$2' },
});
/** An error: the API server refuses the path. */
const NO_SLASH = ingress({ name: 'wrong', host: 'wrong.example.com', paths: [['cart', 'Prefix', 'web']] });
const REFUSED = ingress({ name: 'cart', host: 'cart.example.com', paths: [['/refused', 'Prefix', 'web']] });
const OTHER_CLASS = ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], className: 'traefik' });

const scratch = mkdtempSync(join(tmpdir(), 'ingress2nginx-jobs-'));
/** Accepts all configurations but those that send `/refused` to a backend. */
const nginx = join(scratch, 'nginx');
const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];

beforeAll(() => {
  const script = `#!/bin/bash
line=$(grep -n '/refused .*proxy_pass' nginx.conf) || exit 0
echo "nginx: [emerg] unknown refusal in $PWD/nginx.conf:\${line%%:*}" >&2
exit 1
`;
  writeFileSync(nginx, script, { mode: 0o755 });
  chmodSync(scratch, 0o755); // root tests as a user without rights
});

afterAll(() => {
  for (const stream of streams) stream.mockRestore();
  rmSync(scratch, { recursive: true, force: true });
});

function load(manifests: readonly Manifest[]): Loaded {
  return loadTexts({ sources: [{ name: 'shop.yaml', text: yamlOf(manifests) }], settings: SETTINGS });
}

function render(loaded: Loaded, options: Partial<RenderRequest> = {}): Promise<Rendered> {
  const { signal } = new AbortController();
  return renderLoaded({
    loaded,
    hold: FAIL,
    version: undefined,
    isTested: false,
    nginx,
    folder: undefined,
    signal,
    ...options,
  });
}

interface Ending {
  /** Without the files. */
  readonly outcome: unknown;
  /** Of the servers in nginx.conf, if it came to one. */
  readonly hosts: readonly string[];
  readonly rules: readonly string[];
}

function endingOf({ loaded, outcome }: Rendered): Ending {
  const rules = loaded.diagnostics.map(({ rule }) => rule.name);
  if (outcome.kind !== 'done') return { outcome, hosts: [], rules };
  const { files, ...rest } = outcome;
  const hosts = [...confOf(files).matchAll(/server_name (\S+\.com);/g)].map(([, host = '']) => host);
  return { outcome: rest, hosts, rules };
}

const DONE = { kind: 'done', written: undefined } as const;

test.each<
  { readonly name: string; readonly given: readonly Manifest[]; readonly options?: Partial<RenderRequest> } & Ending
>([
  {
    name: 'right input comes back as files',
    given: [SHOP, WEB],
    outcome: DONE,
    hosts: ['shop.example.com'],
    rules: [],
  },
  {
    name: 'an error withholds all, and to isolate is advised where something is left',
    given: [SHOP, NO_SLASH, WEB],
    outcome: { kind: 'withheld', advice: 'isolate' },
    hosts: [],
    rules: ['invalid-path'],
  },
  {
    name: 'isolate leaves out what is wrong',
    given: [SHOP, NO_SLASH, WEB],
    options: { hold: ISOLATE },
    outcome: DONE,
    hosts: ['shop.example.com', 'wrong.example.com'],
    rules: ['invalid-path'],
  },
  {
    name: 'warnings withhold where they count as failures',
    given: [EMPTY_GROUP, WEB],
    options: { hold: { ...FAIL, failOn: 'warning' } },
    outcome: { kind: 'withheld', reason: { kind: 'findings', threshold: 'warning', warnings: 1, notes: 0 } },
    hosts: [],
    rules: ['missing-group'],
  },
  {
    name: 'what nginx refuses is withheld, and to isolate is advised',
    given: [SHOP, REFUSED, WEB],
    options: { isTested: true },
    outcome: { kind: 'withheld', advice: 'isolate' },
    hosts: [],
    rules: ['nginx-refuses'],
  },
  {
    name: 'isolate takes out the Ingress that nginx refuses',
    given: [SHOP, REFUSED, WEB],
    options: { isTested: true, hold: ISOLATE },
    outcome: DONE,
    hosts: ['cart.example.com', 'shop.example.com'],
    rules: ['isolated-ingress'],
  },
  {
    name: 'a test without an nginx fails',
    given: [SHOP, WEB],
    options: { isTested: true, nginx: '/nowhere/nginx' },
    outcome: { kind: 'failed', step: 'test', problem: '/nowhere/nginx is not a program' },
    hosts: [],
    rules: [],
  },
])('$name', async ({ given, options, outcome, hosts, rules }) => {
  expect(endingOf(await render(load(given), options))).toEqual({ outcome, hosts, rules });
});

test('a folder is written, found unchanged, and kept when no Ingress is left', async () => {
  const folder = join(scratch, 'out');
  const first = await render(load([SHOP, WEB]), { folder });
  const second = await render(load([SHOP, WEB]), { folder });
  const third = await render(load([OTHER_CLASS, WEB]), { folder });
  expect(endingOf(first).outcome).toEqual({ kind: 'done', written: { written: 2, unchanged: 0, removed: 0 } });
  expect(endingOf(second).outcome).toEqual({ kind: 'done', written: { written: 0, unchanged: 2, removed: 0 } });
  expect(third.outcome).toMatchObject({ kind: 'withheld', reason: { kind: 'skipped' }, advice: 'allow-empty' });
  expect(readFileSync(join(folder, 'nginx.conf'), 'utf8')).toContain('server_name shop.example.com;');
});

test('paths are read with what takes the place of stdin, or are named as missing', async () => {
  const stdin = (): Buffer => Buffer.from(yamlOf([SHOP, WEB]));
  const request = { stdin, stdinName: 'request', settings: SETTINGS };
  const loading = await loadPaths({ paths: ['-'], ...request });
  expect(loading.kind === 'loaded' && loading.loaded.counts).toMatchObject({ files: 1, ingresses: 1 });
  const missing = await loadPaths({ paths: [join(scratch, 'nothing.yaml')], ...request });
  expect(missing).toEqual({ kind: 'missing', paths: [join(scratch, 'nothing.yaml')] });
});

test('an interrupted render writes nothing', async () => {
  const folder = join(scratch, 'interrupted');
  const { outcome } = await render(load([SHOP, WEB]), { folder, signal: AbortSignal.abort() });
  expect(outcome).toEqual({ kind: 'interrupted' });
});

test('nothing of all this wrote to a stream of the process', () => {
  expect(streams.map(stream => stream.mock.calls.length)).toEqual([0, 0]);
});
