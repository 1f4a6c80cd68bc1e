import { expect, test } from 'vitest';

import { configurationSnippet } from '../../../src/annotations/configuration-snippet.ts';
import type { SnippetMode } from '../../../src/options/config.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const NAME = 'configuration-snippet';
const ALLOWED = { 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'Critical' };
const CLOSED = `${NAME} cannot be taken`;
const NOT_ALLOWED = `snippet-not-allowed: ${NAME}: snippets are not allowed: the locations of this Ingress answer 503`;

test.each<{
  name: string;
  text: string;
  snippets?: SnippetMode;
  options?: Readonly<Record<string, string>>;
  kinds?: readonly string[];
  denied?: string;
  lines?: readonly string[];
}>([
  { name: 'is not taken by default', text: 'return 403;', denied: CLOSED, lines: [NOT_ALLOWED] },
  { name: 'is nothing without a directive', text: ' # later', snippets: 'safe' },
  { name: 'is taken where the ConfigMap allows it', text: 'return 403;', options: ALLOWED, kinds: ['return'] },
  {
    name: 'is taken as text where the ConfigMap allows it, as in the controller',
    text: 'proxy_cache a;',
    options: ALLOWED,
    kinds: ['other'],
  },
  {
    name: 'is not taken where the ConfigMap allows no such risk',
    text: 'return 403;',
    options: { 'allow-snippet-annotations': 'true' },
    denied: CLOSED,
    lines: [NOT_ALLOWED],
  },
  {
    name: 'is not taken where a flag says so, whatever the ConfigMap allows',
    text: 'return 403;',
    options: ALLOWED,
    snippets: 'none',
    denied: CLOSED,
    lines: [NOT_ALLOWED],
  },
  { name: 'is taken where a flag says so', text: 'return 403;', snippets: 'safe', kinds: ['return'] },
  {
    name: 'is taken as a whole, or not at all',
    text: 'deny all;\nproxy_cache a;\nsub_filter a b;',
    options: ALLOWED,
    snippets: 'safe',
    denied: CLOSED,
    lines: [
      `snippet-outside-language: ${NAME}: "proxy_cache" is not a directive that snippets may have (line 2, column 1)`,
      `snippet-outside-language: ${NAME}: "sub_filter" is not a directive that snippets may have (line 3, column 1)`,
    ],
  },
  {
    name: 'may hold other directives where all are taken',
    text: 'deny all; proxy_cache a;',
    snippets: 'all',
    kinds: ['access', 'other'],
  },
  {
    name: 'never reaches files',
    text: 'alias /etc/;',
    snippets: 'all',
    denied: CLOSED,
    lines: [
      `forbidden-snippet: ${NAME}: "alias" is never taken: it reaches files or code outside of nginx.conf (column 1)`,
    ],
  },
  {
    name: 'stands before that of the ConfigMap',
    text: 'return 403;',
    snippets: 'safe',
    options: { 'location-snippet': 'deny all;' },
    kinds: ['return', 'access'],
  },
])('a snippet of locations $name', ({ text, snippets, options = {}, kinds, denied, lines = [] }) => {
  const run = runFamily(configurationSnippet, { [NAME]: text }, { options, ...(snippets && { snippets }) });
  expect(run.denied).toBe(denied);
  expect(run.policy?.statements.map(({ kind }) => kind)).toEqual(kinds);
  expect(linesOf(run.found)).toEqual(lines);
});

test('the ConfigMap has one for all locations', () => {
  const run = runFamily(configurationSnippet, {}, { options: { 'location-snippet': 'deny all;' }, snippets: 'safe' });
  expect(run.policy?.statements.map(({ kind }) => kind)).toEqual(['access']);
});

test.each([
  { name: 'are not allowed', snippets: undefined, text: 'deny all;', rule: 'option-snippet-not-allowed' },
  { name: 'are outside of the language', snippets: 'safe', text: 'gzip on;', rule: 'snippet-outside-language' },
] as const)('snippets of the ConfigMap that $name are errors', ({ snippets, text, rule }) => {
  const run = runFamily(
    configurationSnippet,
    {},
    { options: { 'location-snippet': text }, ...(snippets && { snippets }) },
  );
  expect(run.found.map(found => [found.rule.name, found.severity])).toEqual([[rule, 'error']]);
  expect(run.policy).toBeUndefined();
});

test('variables of the controller have the values of the location', () => {
  const text = 'return 200 "$namespace $ingress_name $service_name $service_port $location_path $proxy_upstream_name";';
  const { policy } = runFamily(
    configurationSnippet,
    { [NAME]: text },
    { snippets: 'safe', facts: { written: '/a(.*)' } },
  );
  expect(policy?.names).toEqual({
    namespace: 'shop',
    ingress_name: 'web',
    service_name: 'web',
    service_port: '80',
    location_path: '/a(.*)',
    proxy_upstream_name: 'shop-web-80',
  });
});

test('what a server-snippet of the same Ingress sets is known', () => {
  const annotations = { [NAME]: 'add_header X-A $a;', 'server-snippet': 'set $A b;' };
  expect(runFamily(configurationSnippet, annotations, { snippets: 'safe' }).found).toEqual([]);
});

test('what is wrong with a line is said at that line', () => {
  const text = 'access_log off;\n\nif ($host = a) {\n  expires 1h;\n}\nlisten 81;\n';
  const { found } = runFamily(configurationSnippet, { [NAME]: text }, { snippets: 'safe' });
  expect(found.map(({ message, at }) => [message, at])).toEqual([
    [expect.stringContaining('"expires"'), expect.objectContaining({ line: 4 })],
    [expect.stringContaining('"listen"'), expect.objectContaining({ line: 6 })],
  ]);
});
