import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { eventually } from '../support/watching.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

let folder = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-watch-'));
  mkdirSync(join(folder, 'k8s'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** As editors do it: a new file takes the place of the old one. */
function save(name: string, text: string): void {
  writeFileSync(join(folder, `.${name}.new`), text);
  renameSync(join(folder, `.${name}.new`), join(folder, 'k8s', name));
}

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
/** The path has one group. */
const shop = (group: number, name = 'shop'): string =>
  yamlOf([
    ingress({
      name,
      host: `${name}.example.com`,
      annotations: { 'rewrite-target': `/$${group}` },
      paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
    }),
  ]);

function watch(...words: readonly string[]) {
  const child = spawn(process.execPath, [BIN, 'lint', '--watch', '--assume-external', 'Endpoints', ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  children.push(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', chunk => void (text.out += String(chunk)));
  child.stderr.on('data', chunk => void (text.err += String(chunk)));
  const ended = new Promise<number | string | null>(
    done => void child.once('close', (code, signal) => done(code ?? signal)),
  );
  return {
    text,
    /** Waits for a line of stderr, and gives what stdout had more since the last time. */
    async until(line: RegExp): Promise<string> {
      await eventually(
        String(line),
        () => line.exec(text.err)?.[0],
        () => `${text.out}\n${text.err}`,
      );
      const { out } = text;
      Object.assign(text, { out: '', err: text.err.replace(line, '') });
      return out;
    },
    end(signal: NodeJS.Signals): Promise<number | string | null> {
      child.kill(signal);
      return ended;
    },
  };
}

test('each finding is shown when it comes and when it goes, and not in between', async () => {
  save('web.yaml', yamlOf([WEB]));
  save('shop.yaml', shop(2));
  save('store.yaml', shop(2, 'store'));
  const watching = watch('k8s');
  const first = await watching.until(/^2 Ingresses \(3 objects\) in 3 files: 2 warnings \(.*\)\n/m);
  expect(first.match(/warning {2}I2N225/g)).toHaveLength(2);
  expect(first).toMatch(
    /^k8s\/shop\.yaml:\d+:\d+ {2}warning {2}I2N225 missing-group {2}Ingress shop\/shop: [^]*\n {4}help: /,
  );

  save('shop.yaml', shop(1));
  expect(await watching.until(/^k8s\/shop\.yaml changed: 1 resolved; 1 warning \(.*\)\n/m)).toMatch(
    /^resolved {2}k8s\/shop\.yaml:\d+:\d+ {2}warning {2}I2N225 missing-group {2}Ingress shop\/shop: .*\n$/,
  );

  // The finding moves down, and is the same.
  save('store.yaml', `# a comment\n\n${shop(2, 'store')}`);
  expect(await watching.until(/^k8s\/store\.yaml changed: no change; 1 warning \(.*\)\n/m)).toBe('');

  save('broken.yaml', 'kind: Ingress\nspec: [');
  expect(await watching.until(/^k8s\/broken\.yaml added: 1 new; 1 error, 1 warning \(.*\)\n/m)).toMatch(
    /^k8s\/broken\.yaml:2:7 {2}error {2}I2N107 /,
  );
  unlinkSync(join(folder, 'k8s/broken.yaml'));
  await watching.until(/^k8s\/broken\.yaml removed: 1 resolved; 1 warning \(.*\)\n/m);
  expect(readdirSync(folder)).toEqual(['k8s']);
  expect(await watching.end('SIGINT')).toBe(0);
  expect(watching.text).toEqual({ out: '', err: '' });
});

test('it ends with the exit code of the last state, without a word', async () => {
  save('web.yaml', yamlOf([WEB]));
  save('shop.yaml', shop(2));
  const watching = watch('--fail-on', 'warning', '--format', 'compact', 'k8s');
  expect(await watching.until(/^1 Ingress .*\n/m)).toMatch(
    /^k8s\/shop\.yaml:\d+:\d+: warning: .* \[I2N225 missing-group\]\n$/,
  );
  expect(await watching.end('SIGINT')).toBe(1);
  expect(watching.text).toEqual({ out: '', err: '' });
});

test('without a path it watches the current directory, and leaves out what .gitignore files do', async () => {
  save('web.yaml', yamlOf([WEB]));
  save('shop.yaml', shop(1));
  save('broken.yaml', 'kind: Ingress\nspec: [');
  writeFileSync(join(folder, '.gitignore'), 'broken.yaml');
  mkdirSync(join(folder, '.git'));
  const watching = watch();
  expect(await watching.until(/^1 Ingress .* in 2 files: .*\n/m)).not.toContain('I2N107');
  expect(await watching.end('SIGTERM')).toBe(0);
});

test('more warnings than --max-warnings allows are exit code 1', async () => {
  save('web.yaml', yamlOf([WEB]));
  save('shop.yaml', shop(2));
  const watching = watch('--max-warnings', '0', 'k8s');
  await watching.until(/^1 Ingress .*\n/m);
  expect(await watching.end('SIGTERM')).toBe(1);
});

test('on a terminal, what says the same is folded, when it comes and when it goes', async () => {
  save('web.yaml', yamlOf([WEB]));
  const shops = (group: number): string =>
    'abcdefghijklmnopqrst'
      .split('')
      .map(name => shop(group, name))
      .join('\n---\n');
  save('shops.yaml', shops(2));
  const line = `stty cols 100 rows 30; exec '${process.execPath}' '${BIN}' lint --watch k8s`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', TERM: 'xterm' },
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', chunk => void (text += String(chunk).replaceAll('\r', '')));
  const until = (pattern: RegExp) =>
    eventually(
      String(pattern),
      () => pattern.exec(text)?.[0],
      () => text,
    );
  await until(/… and 17 more like this\n[^]*20 Ingresses .*: 20 warnings \(/);
  save('shops.yaml', shops(1));
  await until(/… and 10 more resolved\n/);
  child.stdin.write('\u0003');
  expect(await new Promise(done => void child.once('close', done))).toBe(0);
});

test.each([
  { name: 'stdin', words: ['-'], says: 'stdin cannot be watched' },
  { name: 'a device', words: ['/dev/null'], says: 'neither a file nor a folder' },
  { name: 'a path that leads nowhere', words: ['nowhere'], says: '"nowhere" does not exist' },
  { name: 'a format for programs', words: ['--format', 'json', 'k8s'], says: '--format cannot be used with --watch' },
])('$name cannot be watched', async ({ words, says }) => {
  const { code, stdout, stderr } = await runBin(['lint', '--watch', ...words], '', folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
});
