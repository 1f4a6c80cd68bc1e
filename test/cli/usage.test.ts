import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { runShell } from '../support/shell.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

test.each([
  { name: 'without a command', line: 'i2n', says: /^Usage: ingress2nginx/ },
  { name: 'a command that is misspelt', line: 'i2n rendr', says: /unknown command 'rendr'\n\(Did you mean render\?\)/ },
  { name: 'a flag that is misspelt', line: 'i2n render --htp-port 1 x', says: /\(Did you mean --http-port\?\)/ },
  { name: 'a flag without its value', line: 'i2n render x -o', says: /argument missing/ },
  { name: 'a port that is none', line: 'i2n render --http-port 99999 x', says: /a number from 1 to 65535|1 to 65535/ },
  { name: 'one port for both', line: 'i2n render --http-port 8443 --https-port 8443 x', says: /both 8443/ },
  {
    name: 'forwards that would end at once',
    line: 'i2n render --backend-address port-forward x',
    says: /needs --watch/,
  },
  {
    name: 'node ports of no node',
    line: 'i2n render --backend-address node-port x',
    says: /needs --node-address IP\n/,
  },
  { name: 'a node by name', line: 'i2n render --node-address minikube x', says: /an IP address, such as/ },
  { name: 'a word that is not among the choices', line: 'i2n render --format xml x', says: /pretty, compact, json/ },
  {
    name: 'a module that is of no use',
    line: 'i2n render --nginx-module ngx_http_lua_module.so x',
    says: /Use brotli, geoip2, .* or the path of a file such as \//,
  },
  { name: 'an nginx that is too old', line: 'i2n render --nginx-version 1.20.1 x', says: /oldest .* is 1\.22\.0/ },
  { name: 'a Secret without namespace', line: 'i2n render --default-ssl-certificate tls x', says: /NAMESPACE\/NAME/ },
  { name: 'a path that does not exist', line: 'i2n render /no/such/path', says: /"\/no\/such\/path" does not exist/ },
  { name: 'nothing to read', line: 'i2n render </dev/null', says: /no manifests: .*\n\nExamples:\n {2}kubectl get / },
  { name: 'nothing to read, stdin closed', line: 'i2n routes <&-', says: /no manifests: .*\n\nExamples:\n/ },
  { name: 'a timeout that is no number', line: 'i2n apply --timeout soon x', says: /whole number from 1 to 3600/ },
  { name: 'to keep no release to go back to', line: 'i2n apply --keep-releases 1 x', says: /from 2 to 1000/ },
  {
    name: 'a folder without a name',
    line: 'i2n apply --state-dir "" x',
    says: /'--state-dir <folder>' .* It must not be empty/,
  },
  {
    name: 'a prefix without a name',
    line: 'i2n status --prefix ""',
    says: /'--prefix <folder>' .* It must not be empty/,
  },
  {
    name: 'an output folder without a name',
    line: 'i2n render -o "" x',
    says: /--output <folder>' .* It must not be empty/,
  },
  { name: 'two folders to serve from', line: 'i2n apply --state-dir a --prefix b x', says: /cannot be used with/ },
  {
    name: 'two words about snippets',
    line: 'i2n render --snippets safe --allow-snippets x',
    says: /cannot be used with/,
  },
  { name: 'two folders to look at', line: 'i2n status --state-dir a --prefix b', says: /cannot be used with/ },
  {
    name: 'an output folder that is a file',
    line: 'f=$(mktemp); i2n render - -o $f <<<""; c=$?; rm $f; exit $c',
    says: /is not a folder/,
  },
])('$name is wrong usage: exit code 2, a reason on stderr, nothing on stdout', ({ line, says }) => {
  const run = runShell(line);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(says);
});

test.each([
  { name: 'the version, on stdout', line: 'i2n --version', says: new RegExp(`^${version.replaceAll('.', '\\.')}\n$`) },
  { name: 'the exit codes', line: 'i2n --help', says: /Exit codes:\n {2}0 / },
  { name: 'three examples of render', line: 'i2n render --help', says: /Examples:\n(?: {2}.+\n){3}/ },
  { name: 'three examples of test', line: 'i2n test --help', says: /Examples:\n(?: {2}.+\n){3}/ },
  { name: 'three examples of routes', line: 'i2n routes --help', says: /Examples:\n(?: {2}.+\n){3}/ },
  ...['apply', 'status', 'rollback', 'stop'].map(command => ({
    name: `three examples of ${command}`,
    line: `i2n ${command} --help`,
    says: /Examples:\n(?: {2}.+\n){3}/,
  })),
  {
    name: 'how long ending may take',
    line: 'i2n stop --help',
    says: /--timeout <seconds> +how long to wait for requests in/,
  },
  {
    name: 'only what names depend on',
    line: 'i2n hosts --help',
    says: /\nIngress selection:\n(?:(?!--backend-address|--http-port)[^])+\nExamples:\n/,
  },
  { name: 'flags by group', line: 'i2n render --help', says: /\nInput:\n[^]+\nIngress selection:\n[^]+\nOutput:\n/ },
])('asked, it tells $name', ({ line, says }) => {
  const run = runShell(line);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.stdout).toMatch(says);
});
