import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';

const HEAD =
  'kind: Ingress\nmetadata:\n  name: shop\nspec:\n  ingressClassName: nginx\n  rules:\n  - host: shop.example.com\n    http:\n      paths:\n      - path: /\n';
const OLD = `# the shop\napiVersion: extensions/v1beta1\n${HEAD}        backend:\n          serviceName: web   # soon api\n          servicePort: 80\n`;
const NEW = `# the shop\napiVersion: networking.k8s.io/v1\n${HEAD}        pathType: ImplementationSpecific\n        backend:\n          service:\n            name: web   # soon api\n            port:\n              number: 80\n`;
/** Two answers: nobody knows which text was meant. */
const UNCLEAR = OLD.replace('shop\nspec', 'shop\n  annotations: {nginx.ingress.kubernetes.io/auth-realm: yes}\nspec');

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fix-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): string {
  const name = join(folder, path);
  mkdirSync(join(name, '..'), { recursive: true });
  writeFileSync(name, text);
  return name;
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

test('--fix rewrites files in place, reports what remains, and has nothing to do the second time', async () => {
  write('apps/shop.yaml', OLD);
  chmodSync(join(folder, 'apps/shop.yaml'), 0o664);
  write('apps/unclear.yaml', UNCLEAR);
  const run = await runBin(['lint', '--fix'], '', folder);
  expect(read('apps/shop.yaml')).toBe(NEW);
  expect(statSync(join(folder, 'apps/shop.yaml')).mode & 0o7777).toBe(0o664);
  expect(run.stdout).toContain(' error  I2N121 non-string-annotation ');
  expect(run.stdout).not.toContain('I2N143');
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('2 fixes in 2 files\n');
  expect(run.stderr).toMatch(
    /^not fixed: apps\/unclear\.yaml:6:\d+: I2N121: put the value in quotes: "yes" may be meant/m,
  );
  expect(readdirSync(join(folder, 'apps'))).toEqual(['shop.yaml', 'unclear.yaml']);
  const again = await runBin(['lint', '--fix'], '', folder);
  expect(again.stderr).toContain('0 fixes in 0 files\n');
  expect(again.stdout).toBe(run.stdout);
});

test('without --fix nothing is written, and the summary says how many findings it is for', async () => {
  write('shop.yaml', OLD);
  const run = await runBin(['lint'], '', folder);
  expect(run.stdout).toContain('I2N143');
  expect(run.stderr).toContain('1 finding can be fixed with --fix\n');
  expect(read('shop.yaml')).toBe(OLD);
});

test('what the user does not want to hear of is not fixed', async () => {
  write('shop.yaml', OLD);
  const run = await runBin(['lint', '--fix', '--disable', 'removed-api-version'], '', folder);
  expect(run.stderr).toContain('0 fixes in 0 files\n');
  expect(read('shop.yaml')).toBe(OLD);
});

test('--fix-dry-run shows no line of a Secret, and says which file it leaves out for that', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  key: SElEREVO\n';
  write('beside.yaml', `${secret}---\n${OLD}---\n${secret}`);
  write(
    'within.yaml',
    `kind: List\napiVersion: v1\nitems:\n- ${secret.trimEnd().replaceAll('\n', '\n  ')}\n- ${OLD.trimEnd().replaceAll('\n', '\n  ')}\n`,
  );
  const run = await runBin(['lint', '--fix-dry-run', '.'], '', folder);
  expect(run.stdout).toContain('+++ b/beside.yaml\n');
  expect(run.stdout).not.toContain('+++ b/within.yaml');
  expect(run.stdout).not.toContain('SElEREVO');
  expect(run.stderr).toContain('not shown: within.yaml: the patch would show lines of a Secret; --fix mends it\n');
});

test('--fix-dry-run writes nothing, and prints a patch that git applies in the same folder', async () => {
  spawnSync('git', ['init', '-q'], { cwd: folder });
  write('apps/a b.yaml', OLD);
  write('apps/mark.yaml', `\uFEFF${OLD.replaceAll('\n', '\r\n')}`);
  const cwd = join(folder, 'apps');
  const run = await runBin(['lint', '--fix-dry-run', '.'], '', cwd);
  expect(read('apps/a b.yaml')).toBe(OLD);
  expect(run.stderr).toContain('2 fixes in 2 files would be made\n');
  const git = spawnSync('git', ['apply', '--whitespace=nowarn'], { cwd, input: run.stdout, encoding: 'utf8' });
  expect(git.stderr).toBe('');
  expect(read('apps/a b.yaml')).toBe(NEW);
  expect(read('apps/mark.yaml')).toBe(`\uFEFF${NEW.replaceAll('\n', '\r\n')}`);
});

test('stdin cannot be fixed, but what would be changed is shown', async () => {
  const run = await runBin(['lint', '--fix', '-'], OLD);
  expect(run.code).toBe(2);
  expect(run.stdout).toBe('');
  expect(run.stderr).toMatch(/^error: --fix cannot change stdin: /);
  const dry = await runBin(['lint', '--fix-dry-run', '-'], `---\n# Source: shop/templates/ingress.yaml\n${OLD}`);
  expect(dry.stdout).toMatch(/^--- a\/<stdin>\n\+\+\+ b\/<stdin>\n@@ -1,/);
  expect(dry.stdout).toContain('\n-apiVersion: extensions/v1beta1\n+apiVersion: networking.k8s.io/v1\n');
});

test('the class goes from its annotation to its field', async () => {
  write(
    'shop.yaml',
    NEW.replace('  ingressClassName: nginx\n', '').replace(
      'shop\nspec',
      'shop\n  annotations:\n    kubernetes.io/ingress.class: nginx\nspec',
    ),
  );
  await runBin(['lint', '--fix'], '', folder);
  expect(read('shop.yaml')).toBe(NEW);
});

test('both flags at once are wrong usage', async () => {
  const run = await runBin(['lint', '--fix', '--fix-dry-run', '.'], '', folder);
  expect(run.code).toBe(2);
});

test('a file outside of the folder that a link leads to is not touched', async () => {
  const outside = write('outside.yaml', OLD);
  mkdirSync(join(folder, 'apps'));
  symlinkSync(outside, join(folder, 'apps/link.yaml'));
  const run = await runBin(['lint', '--fix', 'apps'], '', folder);
  expect(run.stderr).toMatch(
    /^not fixed: apps\/link\.yaml:\d+:\d+: I2N143: .*: a link leads out of the folder to this file$/m,
  );
  expect(read('outside.yaml')).toBe(OLD);
});
