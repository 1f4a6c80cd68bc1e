import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { startWatching } from '../support/watching.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const FILE = '.ingress2nginx.yaml';
const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const shop = (host: string, annotations: Readonly<Record<string, string>> = {}): string =>
  yamlOf([WEB, ingress({ host, annotations, paths: [['/api/(.*)', 'ImplementationSpecific', 'web']] })]);
/** The path has one group. */
const MISTAKE = shop('shop.example.com', { 'rewrite-target': '/$2' });

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') =>
  runBin(words, input, folder, env);

describe('a flag', () => {
  const port = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    /listen (\d+) /.exec((await run(['render', 'k8s', ...words], env)).stdout)?.[1];

  test('is set by the command line, else the environment, else the file, else it has its default', async () => {
    write({ 'k8s/a.yaml': shop('a.example.com') });
    expect(await port([])).toBe('80');
    write({ [FILE]: 'http-port: 8081' });
    expect(await port([])).toBe('8081');
    expect(await port([], { INGRESS2NGINX_HTTP_PORT: '8082' })).toBe('8082');
    expect(await port(['--http-port', '8083'], { INGRESS2NGINX_HTTP_PORT: '8082' })).toBe('8083');
    expect(await port([], { INGRESS2NGINX_HTTP_PORT: '' })).toBe('8081');
    expect(await port(['--no-config'])).toBe('80');
    expect(await port([], { INGRESS2NGINX_NO_CONFIG: 'true' })).toBe('80');
    write({ 'ci/other.yaml': 'http-port: 8084' });
    expect(await port(['--config', 'ci/other.yaml'])).toBe('8084');
    expect(await port([], { INGRESS2NGINX_CONFIG: 'ci/other.yaml' })).toBe('8084');
  });

  test('that is on by default can be turned off, and on again', async () => {
    write({ 'k8s/a.yaml': yamlOf([ingress({ host: 'a.example.com', paths: [['/', 'Prefix', 'web']] })]) });
    const rules = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const { stdout } = await run(['lint', '--format', 'compact', 'k8s', ...words], env);
      return !stdout.includes('not excluded');
    };
    write({ [FILE]: 'gitignore: false', '.gitignore': '*.yaml', '.git/HEAD': '' });
    expect(await rules([])).toBe(true);
    expect(await rules([], { INGRESS2NGINX_NO_GITIGNORE: 'false' })).toBe(false);
    expect(await rules(['--no-gitignore'], { INGRESS2NGINX_NO_GITIGNORE: 'false' })).toBe(true);
  });

  test('with a list is replaced as a whole by one that goes before', async () => {
    write({ 'k8s/a.yaml': shop('a.example.com'), [FILE]: 'listen: [127.0.0.1, 127.0.0.2]' });
    const listens = async (env: Readonly<Record<string, string>>) =>
      [...(await run(['render', 'k8s'], env)).stdout.matchAll(/listen (127\S+:80) default/g)].map(found => found[1]);
    expect(await listens({})).toEqual(['127.0.0.1:80', '127.0.0.2:80']);
    expect(await listens({ INGRESS2NGINX_LISTEN: '127.0.0.3, 127.0.0.4' })).toEqual(['127.0.0.3:80', '127.0.0.4:80']);
  });
});

describe('the file', () => {
  test('names what is read, from its own directory, for every command that reads manifests', async () => {
    write({ [FILE]: 'paths: [k8s]\nexclude: [dev/]', 'k8s/a.yaml': shop('a.example.com'), 'k8s/dev/b.yaml': 'a: [' });
    write({ 'sub/x': '' });
    for (const command of ['lint', 'render', 'routes', 'hosts']) {
      const { code, stderr } = await runBin([command], '', join(folder, 'sub'));
      expect({ command, code, stderr }).toMatchObject({ code: 0 });
      expect(stderr).toContain('1 directory excluded');
    }
  });

  test('does not go before paths of the command line, nor before -', async () => {
    write({ [FILE]: 'paths: [k8s]', 'k8s/a.yaml': shop('a.example.com'), 'b.yaml': shop('b.example.com') });
    expect((await run(['routes', 'b.yaml'])).stdout).toMatch(/b\.example\.com/);
    expect((await run(['routes', '-'], {}, shop('c.example.com'))).stdout).toMatch(/c\.example\.com/);
    expect((await run(['routes'], {}, shop('c.example.com'))).stdout).toMatch(/a\.example\.com/);
  });

  test('names what --watch follows, unless a flag says which cluster', async () => {
    write({ [FILE]: 'paths: [k8s]', 'k8s/a.yaml': shop('a.example.com') });
    const watching = startWatching(['render', '-o', 'out'], { cwd: folder });
    try {
      await watching.until(({ event }) => event === 'synced');
      expect(readFileSync(join(folder, 'out/nginx.conf'), 'utf8')).toContain('server_name a.example.com;');
    } finally {
      await watching.stop();
    }
    const cluster = ['render', '-o', 'out', '--watch', '--context', 'none', '--kubectl', '/no/such/kubectl'];
    expect(await run(cluster)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('/no/such/kubectl') as string,
    });
  });

  test('gives rules severities in all commands; the command line decides for the rules that it names', async () => {
    write({ 'k8s/a.yaml': MISTAKE, [FILE]: 'severities:\n  missing-group: error\n  I2N221: off' });
    expect(await run(['lint', 'k8s'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('error  I2N225') as string,
    });
    expect(await run(['lint', '--severity', 'I2N225=note', 'k8s'])).toMatchObject({ code: 0 });
    expect((await run(['lint', '--disable', 'I2N225', 'k8s'])).stdout).not.toContain('I2N225');
    expect(await run(['render', 'k8s'])).toMatchObject({ code: 1 });
    write({ [FILE]: 'disable: [missing-group]' });
    expect((await run(['lint', 'k8s'])).stdout).not.toContain('I2N225');
    expect((await run(['lint', '--severity', 'missing-group=warning', 'k8s'])).stdout).toContain('I2N225');
    expect((await run(['render', 'k8s'])).stderr).not.toContain('I2N225');
  });

  test('adds to what the command line excludes, which decides first', async () => {
    write({ [FILE]: 'exclude: ["*.tmpl.yaml", /b.yaml]', 'a.tmpl.yaml': 'a: [', 'b.yaml': shop('b.example.com') });
    write({ 'c.yaml': shop('c.example.com') });
    const hosts = (await run(['routes', '--exclude', '!/b.yaml', '--exclude', 'c.yaml', '.'])).stdout;
    expect(hosts).toContain('b.example.com');
    expect(hosts).not.toContain('c.example.com');
  });

  test('is told with --verbose', async () => {
    write({ [FILE]: '', 'k8s/a.yaml': shop('a.example.com') });
    expect((await run(['lint', '--verbose', 'k8s'])).stderr).toContain(`config file: ${FILE}\n`);
  });

  test('says nothing of a command that has no such flag', async () => {
    write({ [FILE]: 'on-error: isolate\nformat: compact\nlog-format: json', 'k8s/a.yaml': shop('a.example.com') });
    expect(await run(['routes', 'k8s'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^HOST /) as string });
    expect((await run(['lint', 'k8s'])).code).toBe(0);
    write({ [FILE]: 'exlude: []' });
    expect((await run(['annotations', 'auth-url'])).code).toBe(0);
  });

  test('that is wrong ends every command with all of its mistakes, and nothing is done', async () => {
    write({ 'k8s/a.yaml': shop('a.example.com') });
    write({
      [FILE]: 'exlude: [a]\nfail-on: warn\nseverities:\n  missing-grop: error\noutput: out\nhttp-port: 99999\n',
    });
    for (const command of ['lint', 'render', 'routes', 'hosts', 'apply']) {
      const { code, stdout, stderr } = await run([command, 'k8s']);
      expect({ command, code, stdout, stderr }).toEqual({
        command,
        code: 2,
        stdout: '',
        stderr: [
          `error: ${FILE}:1:1: unknown key "exlude"; did you mean "exclude"?`,
          `error: ${FILE}:2:10: invalid value "warn" for "fail-on"; did you mean "warning"?`,
          `error: ${FILE}:4:3: there is no rule "missing-grop"; did you mean "missing-group"?`,
          `error: ${FILE}:5:1: "output" cannot be set in a file: it says what is written on the machine`,
          `error: ${FILE}:6:12: invalid value "99999" for "http-port"; Use a number from 1 to 65535.`,
          '',
        ].join('\n'),
      });
    }
  });

  test('that is wrong is said in JSON where the command line asks for that', async () => {
    write({ [FILE]: 'exlude: []' });
    const { code, stderr } = await run(['render', '--format', 'json', 'k8s']);
    const message = `${FILE}:1:1: unknown key "exlude"; did you mean "exclude"?`;
    expect({ code, said: JSON.parse(stderr) as unknown }).toEqual({
      code: 2,
      said: { formatVersion: 1, level: 'error', message },
    });
  });

  test('that is named and not there is wrong usage', async () => {
    const { code, stderr } = await run(['lint', '--config', 'nowhere.yaml', '.']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: nowhere.yaml:1:1: the config file cannot be read: no such file or folder\n',
    });
  });

  test('can show nothing of a file that it is a link to', async () => {
    write({ secret: 'hunter2: hunter2' });
    const { code, stdout, stderr } = await run(['lint', '--config', 'secret', '.']);
    expect({ code, stdout, hasValue: /: hunter2/.test(stderr) }).toEqual({ code: 2, stdout: '', hasValue: false });
  });
});

describe('a variable of the environment', () => {
  test.each([
    {
      name: 'with a value that no command takes is wrong usage',
      env: { INGRESS2NGINX_HTTP_PORT: 'x' },
      code: 2,
      says: 'error: the environment variable INGRESS2NGINX_HTTP_PORT is invalid: Use a number from 1 to 65535.\n',
    },
    {
      name: 'of a flag without value takes true and false',
      env: { INGRESS2NGINX_NO_NOTES: 'yes' },
      code: 2,
      says: 'error: the environment variable INGRESS2NGINX_NO_NOTES is invalid: Use true or false.\n',
    },
    {
      name: 'with a value for another command is passed over',
      env: { INGRESS2NGINX_FORMAT: 'table' },
      code: 0,
      says: '',
    },
    {
      name: 'of a flag of another command is passed over',
      env: { INGRESS2NGINX_KEEP_RELEASES: '3' },
      code: 0,
      says: '',
    },
    { name: 'of somebody else is passed over', env: { INGRESS2NGINX_SERVICE_HOST: '10.0.0.1' }, code: 0, says: '' },
    {
      name: 'that is misspelt is told',
      env: { INGRESS2NGINX_HTPS_PORT: '8443' },
      code: 0,
      says: 'the environment variable INGRESS2NGINX_HTPS_PORT is not known; did you mean INGRESS2NGINX_HTTPS_PORT?\n',
    },
  ])('$name', async ({ env, code, says }) => {
    write({ 'k8s/a.yaml': shop('a.example.com') });
    const found = await run(['render', 'k8s'], env);
    expect(found.code).toBe(code);
    const [said = ''] = /^.*environment.*\n/m.exec(found.stderr) ?? [];
    expect(said).toBe(says);
  });

  test('counts for commands that read no manifests, too', async () => {
    const { stdout } = await run(['annotations', 'auth-url'], { INGRESS2NGINX_FORMAT: 'json' });
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1 });
  });

  test('gives way to a flag that it cannot be used together with; two of them contradict each other', async () => {
    const state = join(folder, 'state');
    const both = { INGRESS2NGINX_STATE_DIR: state, INGRESS2NGINX_PREFIX: join(folder, 'nginx') };
    expect((await run(['status', '--prefix', folder], { INGRESS2NGINX_STATE_DIR: state })).code).not.toBe(2);
    const { code, stderr } = await run(['status'], both);
    expect(code).toBe(2);
    expect(stderr).toContain('INGRESS2NGINX_STATE_DIR and INGRESS2NGINX_PREFIX cannot be used together');
  });
});

test('--help says where flags can be set', async () => {
  const { stdout } = await run(['--help']);
  expect(stdout).toMatch(/INGRESS2NGINX_HTTP_PORT=8080,\n.*\.ingress2nginx\.yaml: \S*docs\/configuration\.md/);
});
