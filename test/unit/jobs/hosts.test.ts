import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { hostsOf } from '../../../src/jobs/hosts.ts';
import { loadTexts } from '../../../src/jobs/load.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { ingress, yamlOf } from '../../support/manifests.ts';
import type { Manifest } from '../../support/manifests.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ingress2nginx-hosts-job-'));
const file = join(scratch, 'hosts');
writeFileSync(file, '127.0.0.1 localhost\n192.0.2.1 old.example.com\n');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const named = (host: string, path = '/'): Manifest =>
  ingress({ name: host.replaceAll('.', '-'), host, paths: [[path, 'Prefix', 'web']] });
const withStatus = (manifest: Manifest, ip: string): Manifest => ({
  ...manifest,
  status: { loadBalancer: { ingress: [{ ip }] } },
});

interface Row {
  readonly name: string;
  readonly given: readonly Manifest[];
  readonly address?: string;
  readonly isForFile?: boolean;
  readonly lines: readonly string[];
  readonly rules: readonly string[];
}

test.each<Row>([
  {
    name: 'each host gets the address that is given, and a missing Service is no matter of names',
    given: [named('shop.example.com'), named('new.example.com')],
    address: '192.0.2.7',
    lines: ['192.0.2.7 new.example.com', '192.0.2.7 shop.example.com'],
    rules: [],
  },
  {
    name: 'without one it gets that of its status',
    given: [withStatus(named('shop.example.com'), '192.0.2.9')],
    lines: ['192.0.2.9 shop.example.com'],
    rules: [],
  },
  {
    name: 'a host of what is refused gets none',
    given: [named('shop.example.com'), named('wrong.example.com', 'no-slash')],
    address: '192.0.2.7',
    lines: ['192.0.2.7 shop.example.com'],
    rules: ['invalid-path'],
  },
  {
    name: 'a name that the file has already is said where the lines shall go into it',
    given: [named('old.example.com')],
    address: '192.0.2.7',
    isForFile: true,
    lines: ['192.0.2.7 old.example.com'],
    rules: ['host-name-taken'],
  },
])('$name', async ({ given, address, isForFile = false, lines, rules }) => {
  const loaded = loadTexts({ sources: [{ name: 'shop.yaml', text: yamlOf(given) }], settings: SETTINGS });
  const found = await hostsOf({ loaded, address, file, isForFile });
  expect(found.answer.lines.map(({ address: ip, host }) => `${ip} ${host}`)).toEqual(lines);
  expect(found.loaded.diagnostics.map(({ rule }) => rule.name)).toEqual(rules);
});
