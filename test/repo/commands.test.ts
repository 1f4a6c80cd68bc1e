import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import packageFile from '../../package.json' with { type: 'json' };
import { COMMANDS as DECLARED } from '../../src/cli/main.ts';
import { createProgram } from '../../src/cli/program.ts';
import { blocksIn, callsIn, consoleBlocks, otherShells, scriptsIn, treatmentOf } from '../support/doc-commands.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BLOCKS = consoleBlocks();
const COMMANDS = BLOCKS.flatMap(({ place, commands }) => commands.map(command => ({ place, command })));

let folder = '';
let ports: readonly number[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-commands-'));
  chmodSync(folder, 0o755);
  ports = await freePorts(2);
  lay();
});

afterEach(() => {
  shell('ingress2nginx stop');
  for (const name of readdirSync(folder)) {
    if (existsSync(join(folder, name, 'run/nginx.pid'))) shell(`nginx -p ${name} -c nginx.conf -s stop`);
  }
  rmSync(folder, { recursive: true, force: true });
});

/** The files that the documents speak of, and an ingress2nginx that keeps its state among them. */
function lay(): void {
  mkdirSync(join(folder, 'manifests'));
  writeFileSync(join(folder, 'manifests/shop.yaml'), yamlOf(site('store')));
  symlinkSync(join(ROOT, 'fixtures'), join(folder, 'fixtures'));
  for (const name of ['cluster', 'shop', 'blog']) writeFileSync(join(folder, `${name}.yaml`), yamlOf(site(name)));
  const elsewhere = service('db', [{ number: 80, pod: 80 }], { type: 'ExternalName', externalName: 'nosuch.example' });
  writeFileSync(join(folder, 'db.yaml'), yamlOf([...site('db').slice(1), elsewhere]));
  // What is removed in the end.
  mkdirSync(join(folder, '.local/state/ingress2nginx'), { recursive: true });
  const state = join(folder, 'state');
  const shim = `#!/bin/sh
case " $* " in *" --state-dir "* | *" --prefix "*) own=yes ;; esac
case "$own$1" in apply | status | releases | rollback | start | stop) set -- "$@" --state-dir '${state}' ;; esac
exec '${process.execPath}' '${join(ROOT, 'bin/ingress2nginx.js')}' "$@"
`;
  writeFileSync(join(folder, 'ingress2nginx'), shim, { mode: 0o755 });
}

function site(name: string) {
  const paths = [['/', 'Prefix', name]] as const;
  // Nobody answers there, and nothing is found: the address is one of a cluster.
  return [
    service(name, [{ number: 80, pod: 80 }], { clusterIP: '10.96.0.10' }),
    ingress({ name, host: `${name}.example.com`, paths }),
  ];
}

/** Runs a command as it stands there, but for the ports, which others may have. */
function shell(command: string) {
  const [http = 0, https = 0] = ports;
  const line = command.replaceAll(/\b8080\b/g, String(http)).replaceAll(/\b8443\b/g, String(https));
  const env = { ...process.env, HOME: folder, PATH: `${folder}:${process.env['PATH']}:/usr/sbin`, NO_COLOR: '1' };
  return spawnSync('bash', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
}

/** What a reader has done before. */
function preludeOf(commands: readonly string[]): readonly string[] {
  const ports = '--http-port 8080 --https-port 8443';
  const has = (pattern: RegExp) => commands.some(command => pattern.test(command));
  return [
    ...(has(/ DIR\b/) ? [`ingress2nginx render manifests -o DIR ${ports}`] : []),
    ...(has(/\btests\.yaml/) && !has(/--init/) ? ['ingress2nginx test --init manifests -o tests.yaml'] : []),
    ...(has(/^ingress2nginx rollback/) ? [`ingress2nginx apply blog.yaml ${ports}`] : []),
  ];
}

const RUNNING = BLOCKS.filter(({ commands }) => commands.some(command => treatmentOf(command)?.kind === 'run'));

test.each(RUNNING)('the commands of $place do what they shall', ({ commands }) => {
  for (const step of preludeOf(commands)) shell(step);
  for (const command of commands) {
    const treatment = treatmentOf(command);
    if (treatment?.kind !== 'run') continue;
    const { status, stdout, stderr } = shell(command);
    expect(treatment.codes, `${command}\n${stdout}${stderr}`).toContain(status);
    expect(stderr).not.toMatch(/internal error|bug of ours/);
  }
});

test('each command of the documents is run, or somebody has said why not', () => {
  expect(COMMANDS.length).toBeGreaterThan(20);
  expect(COMMANDS.filter(({ command }) => treatmentOf(command) === undefined)).toEqual([]);
});

test('the documents show commands in console blocks only, where they are tested', () => {
  expect(otherShells()).toEqual([]);
});

const CALLS = COMMANDS.flatMap(({ place, command }) => callsIn(command).map(words => ({ place, words })));

test.each(CALLS)('$place: ingress2nginx $words is a command with flags that there are', ({ words }) => {
  const [name = '', ...rest] = words;
  if (name === '' || name.startsWith('-')) return;
  const command = createProgram('text', DECLARED).commands.find(candidate => candidate.name() === name);
  expect(command?.parseOptions([...rest]).unknown).toEqual([]);
});

test.each(COMMANDS.filter(({ command }) => scriptsIn(command).length > 0))(
  '$place: $command names scripts that there are',
  ({ command }) => {
    expect(scriptsIn(command).filter(name => !Object.hasOwn(packageFile.scripts, name))).toEqual([]);
  },
);

test('a command is found across lines and without its comment; one of another program is not taken for granted', () => {
  const text =
    'Text\n\n```console\n$ ingress2nginx render a \\\n    -o out   # writes\nwritten\n$ shutdown -h now\n```\n';
  const [block] = blocksIn('README.md', text);
  expect(block).toEqual({ place: 'README.md:3', commands: ['ingress2nginx render a -o out', 'shutdown -h now'] });
  expect(block?.commands.map(treatmentOf)).toEqual([{ kind: 'run', codes: [0] }, undefined]);
  expect(callsIn('kubectl get ing -o yaml | sudo ingress2nginx hosts --write')).toEqual([['hosts', '--write']]);
});
