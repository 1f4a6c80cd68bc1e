import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });

function withSnippet(name: string, snippet: string): ReturnType<typeof ingress> {
  return ingress({
    name,
    host: `${name}.example.com`,
    annotations: { 'server-snippet': snippet },
    paths: [['/', 'Prefix', 'web']],
  });
}

const FINE = Array.from({ length: 30 }, (_, index) => withSnippet(`fine-${index}`, 'client_max_body_size 1m;\n'));
const WORDS = ['lint', '--nginx-test', '--snippets', 'all', '--format', 'json', '-'];

interface Found {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

test('a real nginx names all culprits in one run, each at its line', async () => {
  const text = yamlOf([
    WEB,
    ...FINE,
    withSnippet('twice', 'client_max_body_size 3m;\nclient_max_body_size 4m;\n'),
    withSnippet('unknown', 'add_header X-A $no_such_variable;\n'),
    withSnippet('misspelt', 'client_max_body_sise 3m;\n'),
  ]);
  const run = await runBin(WORDS, text);
  const { diagnostics } = JSON.parse(run.stdout) as { readonly diagnostics: readonly Found[] };
  const refused = diagnostics.filter(({ rule }) => rule === 'I2N601');
  expect(refused.map(({ message }) => message)).toEqual([
    'nginx rejects this: "client_max_body_size" directive is duplicate (Ingress shop/twice)',
    'nginx rejects this: unknown "no_such_variable" variable (Ingress shop/unknown)',
    'nginx rejects this: unknown directive "client_max_body_sise" (Ingress shop/misspelt)',
  ]);
  expect(run.code).toBe(1);
  const lines = text.split('\n');
  expect(refused.map(({ line, column }) => lines[line - 1]?.slice(column - 1))).toEqual([
    expect.stringContaining('client_max_body_size'),
    expect.stringContaining('$no_such_variable'),
    expect.stringContaining('client_max_body_sise'),
  ]);
});

test('an nginx that reads it finds nothing', async () => {
  const run = await runBin([...WORDS, '--no-notes'], yamlOf([WEB, ...FINE]));
  expect({ code: run.code, found: (JSON.parse(run.stdout) as { diagnostics: unknown }).diagnostics }).toEqual({
    code: 0,
    found: [],
  });
});

test('without nginx the findings are printed, and the exit code is 3', async () => {
  const run = await runBin(['lint', '--nginx-test', '--nginx', '/nowhere/nginx', '-'], yamlOf([WEB, ...FINE]));
  expect(run.code).toBe(3);
  expect(run.stderr).toContain('ingress2nginx: --nginx-test: /nowhere/nginx is not a program');
});
