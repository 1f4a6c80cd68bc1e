import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { collect } from '../../src/diagnostics/diagnostic.ts';
import { writeOutput } from '../../src/output/write.ts';
import { compileSources } from '../support/compiled.ts';
import { ingress, secret, service, tlsSecret, userSecret, yamlOf } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { hostileText } from './hostile.ts';
import { runs } from './runs.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'ingress2nginx-outside-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Paths below a folder with what is there, but for one folder. */
function snapshot(folder: string, except: string): readonly string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (path === except) return [];
    if (lstatSync(path).isDirectory()) return [path, ...snapshot(path, except)];
    return [`${path}: ${readFileSync(path, 'latin1')}`];
  });
}

/** Objects whose names are the text wherever a name may become one of a file. */
function manifestsNamed(text: string): readonly Manifest[] {
  const named = (object: Manifest, name: string, namespace: string) => ({ ...object, metadata: { name, namespace } });
  const host = 'shop.example.com';
  const routes = (['auth-file', 'auth-map'] as const).flatMap((type, index) => [
    { name: text, namespace: 'shop', secretName: text, type },
    { name: `web-${index}`, namespace: text, secretName: 'users', type },
  ]);
  return [
    named(userSecret('users'), text, 'shop'),
    named(tlsSecret('tls', 'shop'), text, 'shop'),
    named(userSecret('users'), 'users', text),
    named(secret('users', { [text]: 'x' }), text, text),
    named(service('web', [{ number: 80, pod: 80 }]), text, text),
    ...routes.map(({ name, namespace, secretName, type }) =>
      ingress({
        name,
        namespace,
        host,
        annotations: { 'auth-type': 'basic', 'auth-secret': secretName, 'auth-secret-type': type },
        tls: [{ hosts: [host], secretName }],
        paths: [['/', 'Prefix', text]],
      }),
    ),
  ];
}

test('no name writes a file outside of the output folder', async () => {
  const property = fc.asyncProperty(hostileText, fc.constantFrom('', '/', '../'), async (text, prefix) => {
    const out = join(parent, 'a', 'b', 'out');
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(join(parent, 'a', 'nginx.conf'), 'untouched');
    const before = snapshot(parent, out);
    const { files } = compileSources([{ name: prefix + text, text: yamlOf(manifestsNamed(prefix + text)) }]);
    const { signal } = new AbortController();
    const run = { pid: process.pid, isAlive: () => false, now: () => Date.UTC(2025, 0, 1) };
    const result = await writeOutput({ dir: out, files, report: collect().report, signal, run });
    expect(result.kind).toBe('written');
    expect(existsSync(join(out, 'nginx.conf'))).toBe(true);
    expect(snapshot(parent, out)).toEqual(before);
  });
  await fc.assert(property, runs(60));
});
