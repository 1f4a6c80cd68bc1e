import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exclude-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const shop = (host: string): string =>
  yamlOf([service('web', [{ number: 80, pod: 8080 }]), ingress({ host, paths: [['/', 'Prefix', 'web']] })]);
const BROKEN = 'kind: Ingress\nspec: [';

describe('lint of a directory', () => {
  test('leaves out what .gitignore files do, and says how much with --verbose and without', async () => {
    write({ '.git/HEAD': '', '.gitignore': 'out/\n', 'out/broken.yaml': BROKEN, 'k8s/a.yaml': shop('a.example.com') });
    write({ 'k8s/.gitignore': 'local-*.yaml\n', 'k8s/local-b.yaml': BROKEN });
    const run = await runBin(['lint', '.'], '', folder);
    expect(run.stdout).not.toContain('broken');
    expect(run.stderr).toMatch(/^1 file and 1 directory excluded; list them with --verbose\n1 Ingress .* in 1 file: /m);
    const verbose = await runBin(['lint', '--verbose', '.'], '', folder);
    expect(verbose.stderr).toContain('excluded: k8s/local-b.yaml (k8s/.gitignore: "local-*.yaml")\n');
    expect(verbose.stderr).toContain('excluded: out/ (.gitignore: "out/")\n');
  });

  test('reads it all with --no-gitignore, and what is named in any case', async () => {
    write({ '.git/HEAD': '', '.gitignore': 'out/\n', 'out/broken.yaml': BROKEN, 'a.yaml': shop('a.example.com') });
    for (const words of [['--no-gitignore'], ['out/broken.yaml'], ['out']]) {
      const run = await runBin(['lint', ...words], '', folder);
      expect(run.stdout).toMatch(/^out\/broken\.yaml:\d+:\d+ {2}error /m);
    }
  });
});

describe.each(['lint', 'render', 'routes', 'hosts'])('%s', command => {
  test('leaves out of directories what --exclude names', async () => {
    write({ 'dev/broken.yaml': BROKEN, 'a.yaml': shop('a.example.com'), 'b.tmpl.yaml': BROKEN });
    const run = await runBin([command, '--exclude', 'dev/', '--exclude', '*.tmpl.yaml', '.'], '', folder);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('1 file and 1 directory excluded');
  });
});

test('render reads what .gitignore leaves out: it may have been made a moment ago', async () => {
  write({ '.git/HEAD': '', '.gitignore': 'out/\n', 'out/a.yaml': shop('a.example.com') });
  const run = await runBin(['render', '.'], '', folder);
  expect(run.stdout).toContain('server_name a.example.com;');
});
