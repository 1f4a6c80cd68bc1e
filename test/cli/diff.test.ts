import { afterAll, beforeAll, expect, test } from 'vitest';

import { startApiServer } from '../support/api-server.ts';
import type { ApiServer } from '../support/api-server.ts';
import type { KubeObject } from '../support/api-server/types.ts';
import { runBin } from '../support/bin.ts';
import type { Run } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import type { IngressOptions } from '../support/manifests.ts';
import { openRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const GUARD = { 'whitelist-source-range': '10.0.0.0/8' };

function shop(options: IngressOptions = {}) {
  return ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], ...options });
}

const GUARDED = yamlOf([WEB, shop({ annotations: GUARD })]);
const OPEN = yamlOf([WEB, shop()]);
const BROKEN = yamlOf([WEB, shop(), shop({ name: 'bad', host: 'bad.example.com', paths: [['x', 'Prefix', 'web']] })]);

let repository: Repository;
beforeAll(() => {
  repository = openRepository();
  repository.write('deploy/shop.yaml', GUARDED);
  repository.write('deploy/.hidden.yaml', BROKEN);
  repository.write('README.yaml', 'no: manifest\n');
  repository.commit('Begin');
  repository.write('deploy/shop.yaml', OPEN);
  repository.write('broken.yaml', BROKEN);
});
afterAll(() => repository.remove());

const diff = (...words: readonly string[]): Promise<Run> => runBin(['diff', ...words], '', repository.folder);

test('a commit is compared with the work tree, which is left alone', async () => {
  const { code, stdout, stderr } = await diff('--quiet', 'git:HEAD:deploy', 'deploy');
  expect(stderr).toBe('');
  expect(code).toBe(1);
  expect(stdout).toContain('git:HEAD:deploy -> deploy: 1 high risk change for clients');
  expect(stdout).toContain('annotation whitelist-source-range, HEAD:deploy/shop.yaml:');
  expect(stdout).toContain('Ingress shop/shop, deploy/shop.yaml:');
  expect(repository.git('status', '--porcelain')).toBe(' M deploy/shop.yaml\n?? broken.yaml\n');
});

test('the same on both sides is 0, as is what no gate names', async () => {
  expect(await diff('git:HEAD:deploy', 'git:HEAD:deploy/shop.yaml')).toMatchObject({ code: 0 });
  expect(await diff('--fail-on', 'removed-route,tls-removed', 'git:HEAD:deploy', 'deploy')).toMatchObject({ code: 0 });
  expect(await diff('--fail-on', 'medium', 'git:HEAD:deploy', 'deploy')).toMatchObject({ code: 1 });
});

test('stdin is a state; JSON has the changes and their places', async () => {
  const { code, stdout } = await runBin(['diff', '--format', 'json', '-', 'deploy'], GUARDED, repository.folder);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    old: { name: 'stdin', errors: 0 },
    risks: { high: 1, medium: 0, low: 0 },
    changes: [{ kind: 'allow-list-removed', before: { causes: [{ at: { file: '<stdin>' } }] } }],
  });
});

test('errors make a comparison incomplete, which is said and is never 0', async () => {
  const { code, stdout, stderr } = await diff('--fail-on', 'removed-route', 'deploy', 'broken.yaml');
  expect(code).toBe(2);
  expect(stderr).toMatch(/broken\.yaml:\d+:\d+ {2}error/);
  expect(stdout).toContain('incomplete: broken.yaml has 1 error');
});

test('findings that both states have are counted; --quiet leaves the errors', async () => {
  const { stderr } = await diff('--fail-on', 'never', 'broken.yaml', 'broken.yaml');
  expect(stderr.match(/I2N115/g)).toHaveLength(1);
  expect(stderr).toMatch(/^before: broken\.yaml\n.* not of this change/m);
  const quiet = await diff('--quiet', '--fail-on', 'never', 'broken.yaml', 'broken.yaml');
  expect(quiet.stderr).toMatch(/ error /);
  expect(quiet.stderr).not.toContain('not of this change');
});

test('a state that cannot be read is compared with nothing', async () => {
  repository.write('half.yaml', 'kind: [\n');
  const { code, stdout, stderr } = await diff('--fail-on', 'never', 'deploy', 'half.yaml');
  expect(code).toBe(2);
  expect(stderr).toMatch(/half\.yaml:\d+:\d+ {2}error {2}I2N107/);
  expect(stdout).toBe(
    'deploy -> half.yaml: not compared: half.yaml could not be read (1 error); routes missing from it would look removed\n',
  );
  const json = await diff('--format', 'json', 'deploy', 'half.yaml');
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout)).toMatchObject({ isCompared: false, new: { unread: 1 }, changes: [] });
});

test('a state without a manifest is not compared, unless it is meant so', async () => {
  repository.write('empty/README.md', 'nothing yet\n');
  const { code, stdout } = await diff('--fail-on', 'never', 'deploy', 'empty');
  expect({ code, isCompared: !stdout.includes('not compared') }).toEqual({ code: 2, isCompared: false });
  const meant = await diff('--allow-empty', '--fail-on', 'never', 'deploy', 'empty');
  expect({ code: meant.code, isCompared: meant.stdout.includes('removed-route') }).toEqual({
    code: 0,
    isCompared: true,
  });
});

test.each([
  { words: ['git:nowhere', 'deploy'], stderr: '"nowhere" is not a branch, tag or commit of this repository' },
  { words: ['git:HEAD:nothing', 'deploy'], stderr: '"nothing" does not exist in HEAD; give --allow-empty' },
  { words: ['git:HEAD:../..', 'deploy'], stderr: '"../.." is not in the repository of the current folder' },
  { words: ['deploy', 'nothing.yaml'], stderr: '"nothing.yaml" does not exist' },
  { words: ['--fail-on', 'auth-remove', 'deploy', 'deploy'], stderr: 'did you mean "auth-removed"?' },
  { words: ['-', '-'], stderr: 'only one of the states can be stdin' },
  { words: ['deploy'], stderr: 'name two states to compare' },
])('$words is wrong usage', async ({ words, stderr }) => {
  const run = await diff(...words);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain(stderr);
});

test('a folder that a commit does not have is compared as nothing, if that is meant', async () => {
  const { code, stdout } = await diff('--allow-empty', 'git:HEAD:nothing', 'deploy');
  expect(code).toBe(1);
  expect(stdout).toContain('added-route');
});

test('what render wrote is a state, without a place in a manifest', async () => {
  expect(await runBin(['render', '-', '-o', 'out'], GUARDED, repository.folder)).toMatchObject({ code: 0 });
  const { code, stdout } = await diff('out', 'deploy');
  expect(code).toBe(1);
  expect(stdout).toContain('allow-list-removed');
  expect(stdout).toContain('Ingress shop/shop, annotation whitelist-source-range\n');
  expect(await diff('out', 'git:HEAD:deploy')).toMatchObject({ code: 0 });
});

test('the names of all changes are listed', async () => {
  const { code, stdout } = await diff('--list-changes');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^removed-route +high +a path that is no longer served$/m);
});

function asStored(manifest: Readonly<Record<string, unknown>>): KubeObject {
  return manifest as KubeObject;
}

test('a cluster is listed once and left alone; one that refuses is an environment failure', async () => {
  const server: ApiServer = await startApiServer();
  try {
    server.put(asStored(WEB), asStored(shop({ annotations: GUARD })));
    const flags = ['--kubeconfig', server.kubeconfig, '--backend-address', 'cluster-ip'];
    const { code, stdout } = await diff(...flags, 'cluster', 'deploy');
    expect(stdout).toContain('allow-list-removed');
    expect(code).toBe(1);
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    server.faults.forbid('ingresses', 'list');
    const refused = await diff(...flags, 'cluster', 'deploy');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatch(/the cluster: Ingress: .*forbidden/);
  } finally {
    await server.close();
  }
});
