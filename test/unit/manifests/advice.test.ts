import { expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';

const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  rules:\n';
const RULES = `${HEAD}  - host: a.example.com\n    http:\n      paths:\n`;

test.each([
  [
    'a host that is a star',
    `${HEAD}  - host: *\n`,
    '"*" is no host',
    'leave the host out, or write "*.example.com" in quotes',
  ],
  ['a path that is a star', `${RULES}      - path: *\n`, '"*" is no path', 'write `path: /`'],
  [
    'a pattern',
    `${HEAD}  - host: *.example.com\n`,
    '"*.example.com" without quotes is a YAML alias',
    'write "*.example.com" in quotes',
  ],
  ['a placeholder of sed', `${HEAD}  - host: @HOST@\n`, 'beside a placeholder "@HOST@"', 'fill it in first'],
  ['a placeholder of a batch file', `${HEAD}  - host: %HOST%\n`, 'beside a placeholder "%HOST%"', 'fill it in first'],
  [
    'a template of Jinja',
    `${HEAD}  {% if x %}\n  - host: a\n  {% endif %}\n`,
    'a template has not been rendered: "{%"',
    'render it first, and give the result',
  ],
  [
    'a template of Helm',
    `${HEAD}  {{- if .x }}\n  - host: a\n`,
    'a template has not been rendered: "{{"',
    'helm template',
  ],
  ...['--', '———', '=====', '=== next ===', '- - -', ' ---', '___', '+++'].map(line => [
    `the line ${line} between two objects`,
    `${HEAD}  - host: a\n${line}\n${HEAD}  - host: b\n`,
    'separates no documents',
    'write "---"',
  ]),
  [
    'a conflict of Git',
    `${HEAD}<<<<<<< HEAD\n  - host: a\n=======\n  - host: b\n>>>>>>> other\n`,
    'a Git merge conflict is not resolved',
    'keep one of the two versions',
  ],
])('%s', (_, text, message, help) => {
  const { report, diagnostics } = collect();
  parseSources([{ name: 'a.yaml', text }], report);
  expect(diagnostics.map(({ rule }) => rule.id)).toEqual(['I2N107']);
  expect(diagnostics[0]?.message).toContain(message);
  expect(diagnostics[0]?.help).toContain(help);
});

test.each([
  '{ // comment\n"apiVersion": "v1", "kind": "Service"}',
  '{"apiVersion": "v1", // comment\n "kind": "Service"}',
  '{"apiVersion": "v1", "kind": "Service" /* comment */}',
  '[/* comment */ {"apiVersion": "v1", "kind": "Service"}]',
])('a comment in JSON: %s', text => {
  const { report, diagnostics } = collect();
  parseSources([{ name: 'stdin', text }], report);
  expect(diagnostics.map(({ message }) => message)).toEqual(['not valid JSON: JSON has no comments']);
});

test('braces in a flow mapping are not told as ": "', () => {
  const { report, diagnostics } = collect();
  parseSources([{ name: 'a.yaml', text: `${RULES}      - {path: /a/{id}, pathType: Prefix}\n` }], report);
  expect(diagnostics[0]?.help).toBe('put the value in quotes, since there are brackets in it');
});
