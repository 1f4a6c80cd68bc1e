import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { openRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';

const WEB = yamlOf([service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })]);
const API = yamlOf([service('api', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.8' })]);

/** With the finding missing-group, on the line of its path. */
function mistaken(name: string): string {
  return yamlOf([
    ingress({
      name,
      host: `${name}.example.com`,
      annotations: { 'rewrite-target': '/$2' },
      paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
    }),
  ]);
}

let repository: Repository;
beforeEach(() => {
  repository = openRepository();
  repository.write('web.yaml', WEB);
  repository.write('one.yaml', mistaken('one'));
  repository.commit('Begin');
});
afterEach(() => repository.remove());

interface Answer {
  readonly code: number | null;
  /** `one.yaml missing-group` */
  readonly found: readonly string[];
  readonly unchanged: number;
  readonly stderr: string;
}

async function lint(words: readonly string[] = [], folder = repository.folder): Promise<Answer> {
  const { code, stdout, stderr } = await runBin(['lint', '--format', 'compact', ...words], '', folder);
  const lines = stdout.split('\n').filter(line => line.includes('[I2N'));
  const found = lines.map(line => line.replace(/^([^:]*):.* \[I2N\d+ ([a-z0-9-]+)\]$/, '$1 $2'));
  return { code, found, unchanged: Number(/(\d+) not of this change/.exec(stderr)?.[1] ?? 0), stderr };
}

const MAIN = ['--changed-since', 'main'];

test('where nothing changed, nothing is reported', async () => {
  expect(await lint(MAIN)).toMatchObject({ code: 0, found: [], unchanged: 1 });
});

test('a line that changed has its findings, another file has not', async () => {
  repository.write('two.yaml', mistaken('two'));
  repository.commit('Another one');
  repository.write('one.yaml', mistaken('one').replace('/api/', '/shop/'));
  expect(await lint(MAIN)).toMatchObject({ found: ['one.yaml missing-group'], unchanged: 1 });
});

test('a line that changed beside a finding is no reason to report it', async () => {
  repository.write('one.yaml', `# checked\n${mistaken('one')}`);
  expect(await lint(MAIN)).toMatchObject({ found: [], unchanged: 1 });
});

test('a file that git does not know yet counts as changed', async () => {
  repository.write('two.yaml', mistaken('two'));
  expect(await lint(MAIN)).toMatchObject({ found: ['two.yaml missing-group'], unchanged: 1 });
});

test('what a change causes elsewhere is reported: a Service that is gone', async () => {
  repository.write('api.yaml', API);
  repository.commit('Another Service');
  rmSync(join(repository.folder, 'web.yaml'));
  const { found, unchanged } = await lint(['--changed-since', 'HEAD']);
  expect(found.filter(line => /^one\.yaml .*service/.test(line))).toHaveLength(1);
  expect(unchanged).toBe(1);
});

const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';

test.each([
  { name: 'beside a chart', files: { 'Chart.yaml': CHART }, path: 'api.yaml', words: [] },
  { name: 'below a chart', files: { 'Chart.yaml': CHART }, path: 'examples/api.yaml', words: [] },
  { name: 'that a pattern took', files: {}, path: 'k8s/deep/api.yaml', words: ['one.yaml', 'k8s/**/*.yaml'] },
  { name: 'that a pattern of another ending took', files: {}, path: 'k8s/api.txt', words: ['one.yaml', 'k8s/*'] },
  {
    name: 'that .gitignore names',
    files: { '.gitignore': 'api.yaml\n' },
    path: 'k8s/api.yaml',
    words: ['one.yaml', 'k8s'],
  },
])('a Service is missed that is gone, $name', async ({ files, path, words }) => {
  for (const [name, text] of Object.entries(files)) repository.write(name, text);
  repository.write('k8s/other.yaml', API);
  repository.write(path, WEB);
  rmSync(join(repository.folder, 'web.yaml'));
  repository.commit('Move the Service');
  repository.git('add', '--force', path);
  repository.git('commit', '-q', '--amend', '--no-edit');
  repository.git('rm', '-q', path);
  const { code, found } = await lint(['--changed-since', 'HEAD', '--fail-on', 'warning', ...words]);
  expect([code, found]).toEqual([1, ['one.yaml missing-service']]);
});

test('what becomes a chart was none before', async () => {
  repository.write('k8s/other.yaml', API);
  repository.write('shop/templates/api.yaml', WEB);
  repository.git('rm', '-q', 'web.yaml');
  repository.commit('Move the Service');
  repository.git('rm', '-q', 'shop/templates/api.yaml');
  repository.write('shop/Chart.yaml', CHART);
  const { found } = await lint(['--changed-since', 'HEAD']);
  expect(found).toEqual(['one.yaml missing-service', 'shop/Chart.yaml helm-chart']);
});

test('a chart that is gone as a whole was one before', async () => {
  repository.write('shop/Chart.yaml', CHART);
  repository.write('shop/templates/api.yaml', WEB);
  repository.git('rm', '-q', 'web.yaml');
  repository.write('other.yaml', API);
  repository.commit('Move the Service');
  repository.git('rm', '-rq', 'shop');
  expect(await lint(['--changed-since', 'HEAD'])).toMatchObject({ found: [] });
});

test.each([
  { name: 'in the templates of a chart', path: 'shop/templates/api.yaml', words: [] },
  { name: 'that --exclude names', path: 'old/api.yaml', words: ['--exclude', 'old'] },
  { name: 'that the pattern does not take', path: 'old/api.yaml', words: ['*.yaml'] },
])('a Service that was never read is not missed, $name', async ({ path, words }) => {
  repository.write('shop/Chart.yaml', CHART);
  repository.write(path, WEB);
  rmSync(join(repository.folder, 'web.yaml'));
  repository.write('other.yaml', API);
  repository.commit('Move the Service');
  rmSync(join(repository.folder, path));
  const { found, unchanged } = await lint(['--changed-since', 'HEAD', ...words]);
  expect(found).toEqual([]);
  expect(unchanged).toBeGreaterThanOrEqual(2);
});

test('what a change causes elsewhere is reported: a suppression that is removed', async () => {
  repository.write('one.yaml', `# ingress2nginx-disable-file missing-group\n${mistaken('one')}`);
  repository.commit('Suppress it');
  repository.write('one.yaml', mistaken('one'));
  expect(await lint(['--changed-since', 'HEAD'])).toMatchObject({ found: ['one.yaml missing-group'] });
});

test('as in a pull request, what happened on the other branch meanwhile does not count', async () => {
  repository.git('switch', '-q', '-c', 'work');
  repository.write('two.yaml', mistaken('two'));
  repository.commit('Another one');
  repository.git('switch', '-q', 'main');
  repository.write('one.yaml', mistaken('one').replace('/api/', '/shop/'));
  repository.commit('Meanwhile');
  repository.git('switch', '-q', 'work');
  expect(await lint(MAIN)).toMatchObject({ found: ['two.yaml missing-group'], unchanged: 1 });
});

test('a file that was moved has changed only where its lines have', async () => {
  renameSync(join(repository.folder, 'one.yaml'), join(repository.folder, 'moved.yaml'));
  repository.git('add', '-A');
  expect(await lint(MAIN)).toMatchObject({ found: [], unchanged: 1 });
});

test.each(['with blanks.yaml', 'with "quotes".yaml', 'größe.yaml', "it's [a].yaml"])(
  'a file may be called %s',
  async name => {
    repository.write(name, mistaken('two'));
    repository.commit('Another one');
    repository.write(name, mistaken('two').replace('/api/', '/shop/'));
    const run = await runBin(['lint', '--changed-since', 'HEAD', '--format', 'json'], '', repository.folder);
    const { diagnostics } = JSON.parse(run.stdout) as { readonly diagnostics: readonly { readonly file: string }[] };
    expect(diagnostics.map(({ file }) => file)).toEqual([name]);
  },
);

test('a folder below the root of the repository is enough', async () => {
  repository.write('apps/two.yaml', mistaken('two'));
  repository.write('apps/web.yaml', WEB);
  expect(await lint(MAIN, join(repository.folder, 'apps'))).toMatchObject({ found: ['two.yaml missing-group'] });
});

test('a link to a file that changed leads to its findings', async () => {
  repository.write('shared/two.yaml', mistaken('two'));
  repository.write('apps/web.yaml', WEB);
  symlinkSync('../shared/two.yaml', join(repository.folder, 'apps/two.yaml'));
  repository.commit('A link');
  repository.write('shared/two.yaml', mistaken('two').replace('/api/', '/shop/'));
  const { found } = await lint(['--changed-since', 'HEAD', 'apps']);
  expect(found).toEqual(['apps/two.yaml missing-group']);
});

test('a submodule is compared with the commit that the outer repository had', async () => {
  const inner = openRepository();
  inner.write('two.yaml', mistaken('two'));
  inner.write('three.yaml', mistaken('three'));
  inner.commit('Begin');
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'part');
  repository.commit('A submodule');
  const part = join(repository.folder, 'part');
  repository.write('part/two.yaml', mistaken('two').replace('/api/', '/shop/'));
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-qam', 'Change'], {
    cwd: part,
  });
  repository.git('add', '-A');
  inner.remove();
  expect(await lint(MAIN)).toMatchObject({ found: ['part/two.yaml missing-group'], unchanged: 2 });
});

test('settings of the user and variables of a hook change nothing', async () => {
  for (const [key, value] of [
    ['diff.noprefix', 'true'],
    ['diff.relative', 'true'],
    ['color.ui', 'always'],
    ['diff.external', 'false'],
    ['diff.interHunkContext', '99'],
    ['core.fsmonitor', '/bin/false'],
  ] as const) {
    repository.git('config', key, value);
  }
  repository.write('one.yaml', `# a\n${mistaken('one')}# b\n`);
  expect(await lint(MAIN)).toMatchObject({ found: [], unchanged: 1 });
});

test.each([
  { name: 'an unknown ref', ref: 'nowhere', says: /"nowhere" is not a branch, tag or commit of / },
  { name: 'a flag', ref: '--output=x', says: /"--output=x" is not a branch, tag or commit/ },
  { name: 'a range', ref: 'main..main', says: /"main\.\.main" is not a branch/ },
  { name: 'nothing', ref: '', says: /"" is not a branch/ },
])('$name is wrong usage', async ({ ref, says }) => {
  const run = await runBin(['lint', `--changed-since=${ref}`], '', repository.folder);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(says);
});

test.each(['--fix', '--fix-dry-run'])('%s moves lines, so that it is refused', async flag => {
  const run = await runBin(['lint', '--changed-since', 'main', flag], '', repository.folder);
  expect(run).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `error: ${flag} cannot be used with --changed-since: fixes move the lines that changed; run one after the other\n`,
  });
});

test('what git does not have of a partial clone is trouble, and is not fetched', async () => {
  repository.write('one.yaml', mistaken('one').replace('/api/', '/shop/'));
  repository.git('config', 'uploadpack.allowFilter', 'true');
  repository.git('rm', '-q', 'web.yaml');
  repository.commit('Change');
  const clone = openRepository();
  clone.git('remote', 'add', 'origin', `file://${repository.folder}`);
  clone.git('fetch', '-q', '--filter=blob:none', 'origin');
  clone.git('checkout', '-q', 'origin/main');
  const missing = (): string => clone.git('rev-list', '--objects', '--missing=print', 'HEAD');
  const before = missing();
  const run = await runBin(['lint', '--changed-since', 'HEAD~1'], '', clone.folder);
  expect([before.includes('\n?'), missing()]).toEqual([true, before]);
  clone.remove();
  expect(run.code).toBe(3);
  expect(run.stderr).toMatch(/^ingress2nginx: --changed-since: git diff: .+/);
});

test('what is piped in has no history', async () => {
  const run = await runBin(['lint', '--changed-since', 'main', '-'], WEB, repository.folder);
  expect(run).toMatchObject({
    code: 2,
    stderr: 'error: --changed-since needs files: what is piped in has no history\n',
  });
});

test('a folder without a repository is wrong usage', async () => {
  rmSync(join(repository.folder, '.git'), { recursive: true });
  const { code, stderr } = await lint(MAIN);
  expect([code, stderr]).toEqual([2, `error: --changed-since: ${repository.folder} is not in a Git repository\n`]);
});

test('branches without a common commit are trouble, with the way out', async () => {
  repository.git('switch', '-q', '--orphan', 'other');
  repository.write('two.yaml', mistaken('two'));
  repository.commit('Another history');
  const { code, stderr } = await lint(MAIN);
  expect(code).toBe(3);
  expect(stderr).toContain('have no commit in common; in CI, fetch the whole history');
});
