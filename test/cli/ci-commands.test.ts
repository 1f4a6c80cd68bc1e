import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { commandsOf } from '../support/ci-commands.ts';
import { runWarm } from '../support/warm-bin.ts';

const folder = mkdtempSync(join(tmpdir(), 'i2n-ci-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EVIL = [
  '##vso[task.setvariable variable=PATH]/tmp',
  '##[command]rm',
  '::error file=a::b',
  "##teamcity[buildStatus text='x']",
  'section_start:1:x\\r\\e[0K',
  '\\n::stop-commands::x',
  '\\u009b2J\\u202e\\u200b',
];

/** Evil text wherever a manifest has text: what is valid comes into nginx.conf, what is not into findings. */
function manifestWith(evil: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/auth-type: "${evil}"
    nginx.ingress.kubernetes.io/rewrite-target: "${evil}"
    nginx.ingress.kubernetes.io/use-regex: "${evil}"
    "${evil}": x
spec:
  ingressClassName: nginx
  "${evil}": x
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: "/${evil}", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
          - {path: /, pathType: "${evil}", backend: {service: {name: web, port: {name: "${evil}"}}}}
---
# Source: ${evil}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: "${evil}", namespace: "${evil}"}
spec:
  ingressClassName: "${evil}"
  rules: [{host: "${evil}"}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: other, namespace: shop}
spec:
  ingressClassName: "${evil}"
  rules: [{host: other.example.com}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: path, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: path.example.com
      http:
        paths:
          - {path: "/${evil}", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
---
kind: "${evil}"
apiVersion: "${evil}"
---
"${evil}"
---
- "${evil}": [
`;
}

const RUNS = [
  ['render', '--on-error', 'isolate', '--verbose'],
  ['render', '--on-error', 'isolate', '--format', 'compact'],
  ['render', '--on-error', 'isolate', '--format', 'json'],
  ['lint'],
  ...['compact', 'json', 'sarif', 'junit', 'gitlab', 'checkstyle', 'markdown'].map(format => [
    'lint',
    '--format',
    format,
  ]),
  ['routes', '--verbose'],
  ['routes', '--format', 'json'],
  ['hosts', '--on-error', 'isolate'],
  ['hosts', '--format', 'json'],
];

test.each(EVIL)('nothing that is printed is a command to a CI system: %j', async evil => {
  // A file may be named by whoever sends a pull request.
  const path = join(folder, `${evil.replaceAll(/[/\\]/g, '')}.yaml`);
  writeFileSync(path, manifestWith(evil));
  for (const words of RUNS) {
    const { code, stdout, stderr } = await runWarm([...words, path], '', folder);
    expect({ words, code }).toEqual({ words, code: 1 });
    expect(commandsOf(stdout)).toEqual([]);
    expect(commandsOf(stderr)).toEqual([]);
    expect(`${stdout}${stderr}`).not.toMatch(/[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/u);
  }
});

test.each(EVIL)('--format github has no commands but its own: %j', async evil => {
  const path = join(folder, `${evil.replaceAll(/[/\\]/g, '')}.yaml`);
  writeFileSync(path, manifestWith(evil));
  const { stdout } = await runWarm(['lint', '--format', 'github', path], '', folder);
  const lines = stdout.trimEnd().split('\n');
  expect(commandsOf(stdout)).toEqual(lines);
  expect(
    lines.filter(line => !/^::(?:error|warning|notice) (?:[a-zA-Z]+=[^,:]*,?)+::(?![^]*##\w*\[)/.test(line)),
  ).toEqual([]);
});

test.each(['##vso[task.complete]', '##[error]', '\u202egepj', '\u009b2J'])(
  'a path that whoever prints nginx.conf would obey is a finding, and what begins like it is closed: %j',
  async evil => {
    const text = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: '/a${evil}', pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
`;
    const held = await runBin(['render', '--format', 'compact'], text);
    expect(held).toMatchObject({ code: 1, stdout: '' });
    expect(held.stderr).toMatch(/I2N205|I2N107/);
    const isolated = await runBin(['render', '--on-error', 'isolate'], text);
    expect(isolated.stdout).not.toContain(evil);
  },
);

test('a text at the begin of a line of nginx.conf is quoted if GitHub would take it for a command', async () => {
  const { quote } = await import('../../src/nginx/quote.ts');
  expect(quote('::error::x')).toBe('"::error::x"');
  expect(quote('::1')).toBe('::1');
});
