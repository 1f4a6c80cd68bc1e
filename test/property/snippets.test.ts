import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { DIRECTIVES } from '../../src/snippets/directives.ts';
import { parseSnippet } from '../../src/snippets/parse.ts';
import { readSnippet } from '../../src/snippets/read.ts';
import { compileSources } from '../support/compiled.ts';
import type { Compiled } from '../support/compiled.ts';
import { ingress, service, slice } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { parseNginx } from '../support/nginx-parse.ts';
import type { Directive } from '../support/nginx-parse.ts';
import { checkNginx, freePorts } from '../support/nginx.ts';
import { hostileText } from './hostile.ts';
import { runs } from './runs.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const WEB: readonly Manifest[] = [service('web', PORTS), slice('web', PORTS, { ready: ['web'] })];

let ports: { readonly httpPort: number; readonly httpsPort: number };

beforeAll(async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  ports = { httpPort, httpsPort };
});

/** Each snippet in an Ingress with a host of its own. */
function compiled(annotation: string, snippets: readonly string[], takes: 'safe' | 'all'): Compiled {
  const routes = snippets.map((text, index) =>
    ingress({
      name: `web-${index}`,
      host: `h${index}.example.com`,
      paths: [['/', 'Prefix', 'web']],
      annotations: { 'auth-url': 'http://10.0.0.1/', [annotation]: text },
    }),
  );
  const text = [...WEB, ...routes].map(manifest => JSON.stringify(manifest)).join('\n---\n');
  return compileSources([{ name: 'shop.yaml', text }], { ...ports, snippets: takes });
}

const VARIABLES = [
  '$host',
  '$uri',
  '${arg_a}',
  '$1',
  '$9',
  '$namespace',
  '$service_name',
  '$a',
  '${b}',
  '$remote_user',
];
const variable = fc.constantFrom(
  ...VARIABLES,
  '$best_http_host',
  '$nothing',
  '$',
  '$request_headers',
  '$args',
  '$http_x',
);
const plain = fc.constantFrom(
  'a',
  '/b',
  'X-A',
  'x_b',
  'off',
  'on',
  'all',
  '403',
  '301',
  '200',
  'always',
  '10.0.0.0/8',
  'GET',
  '::1',
);
const regex = fc.constantFrom('^/a(.*)$', '(a|b){2}', '"^/c d;"', '(', '(?<n>.)', '[', '\\.php$', '~', '~*', '=', '^~');
const quoted = fc
  .array(
    fc.oneof(
      variable,
      plain,
      hostileText,
      fc.constantFrom('\\n', '\\"', "'", ' ', ';', '{', '}', '#', '?', 'https://'),
    ),
    { maxLength: 4 },
  )
  .map(parts => `"${parts.join('').replaceAll(/(?<!\\)"/g, '\\"')}"`);
const header = fc.tuple(fc.constantFrom('X-A', 'X-B', 'Host', 'Server', 'Connection', 'Vary'), quoted);
const word = fc.oneof(variable, plain, regex, quoted, quoted);

/** Directives with arguments that they take, most of the time. */
const likely = fc.oneof(
  fc
    .tuple(fc.constantFrom('200', '403', '301', '302', '410', '444', '999'), quoted)
    .map(words => `return ${words.join(' ')};`),
  fc
    .tuple(regex, quoted, fc.constantFrom('', 'last', 'break', 'redirect', 'permanent'))
    .map(words => `rewrite ${words.join(' ')};`),
  fc
    .tuple(fc.constantFrom('$a', '$b', '$host', '$args', '$request_headers', '$namespace'), quoted)
    .map(words => `set ${words.join(' ')};`),
  header.map(([name, value]) => `add_header ${name} ${value} always;`),
  header.map(([name, value]) => `add_header ${name} ${value};`),
  header.map(([name, value]) => `proxy_set_header ${name} ${value};`),
  header.map(([name, value]) => `more_set_headers "${name}: ${value.slice(1)};`),
  header.map(([name]) => `more_clear_headers ${name};`),
  header.map(([name, value]) => `more_set_input_headers -r "${name}: ${value.slice(1)};`),
  fc.constantFrom(
    'deny all;',
    'allow 10.1.2.3/8;',
    'access_log off;',
    'log_not_found off;',
    'default_type text/plain;',
  ),
  fc.constantFrom(
    'break;',
    'limit_except GET { deny all; }',
    'limit_except { }',
    'server_tokens off;',
    'proxy_hide_header X-A;',
  ),
  fc.tuple(fc.constantFrom('$a', '$c'), variable).map(words => `auth_request_set ${words.join(' ')};`),
);
const unlikely = fc
  .tuple(fc.constantFrom(...DIRECTIVES.keys(), 'include', 'root', 'proxy_pass'), fc.array(word, { maxLength: 4 }))
  .map(([name, args]) => `${name} ${args.join(' ')};`);
const simple = fc.oneof({ arbitrary: likely, weight: 12 }, { arbitrary: unlikely, weight: 1 });
const condition = fc.oneof(
  variable.map(name => `(${name})`),
  fc.tuple(variable, fc.constantFrom('=', '!='), quoted).map(words => `(${words.join(' ')})`),
  fc.tuple(variable, fc.constantFrom('~', '~*', '!~', '!~*'), regex).map(words => `( ${words.join(' ')} )`),
);
const block = fc.array(simple, { maxLength: 4 }).map(directives => directives.join('\n'));
const branch = fc.tuple(condition, block).map(([of, body]) => `if ${of} {\n${body}\n}`);
const place = fc
  .tuple(fc.constantFrom('', '= ', '^~ ', '~ ', '~* '), fc.oneof(plain, regex, quoted), block)
  .map(([match, path, body]) => `location ${match}${path} { ${body} }`);
const snippet = fc
  .array(
    fc.oneof({ arbitrary: simple, weight: 6 }, { arbitrary: branch, weight: 2 }, { arbitrary: place, weight: 1 }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map(parts => parts.join('\n'));

const isTaken = (source: string, where: 'server' | 'location'): boolean =>
  readSnippet(source, { place: where, takes: 'safe', source: 'x' }).ok;

/** The names of all directives, with those in which they stand, but for what is declared in http{}. */
function namesIn(conf: readonly Directive[], above = ''): readonly string[] {
  return conf.flatMap(({ name, block: inner }) => {
    const path = `${above}/${name}`;
    const isTable = /\/(?:map|geo)$/.test(path);
    return [path, ...(isTable ? [] : namesIn(inner ?? [], path))];
  });
}

/** What stands in servers and locations. */
const WITHIN: ReadonlySet<string> = new Set([...DIRECTIVES.keys(), 'try_files']);
/** What headers and variables need in http{}, and what many hosts do. */
const OF_ALL = /^\/http\/(?:map|geo|proxy_set_header|\w+_hash_(?:bucket|max)_size)$/;

describe.each([
  { annotation: 'configuration-snippet', where: 'location' },
  { annotation: 'server-snippet', where: 'server' },
] as const)('what $annotation may hold', ({ annotation, where }) => {
  test('is loaded by nginx, and has only directives of the language', () => {
    const taken = fc.sample(snippet, runs(4000)).filter(source => isTaken(source, where));
    expect(taken.length).toBeGreaterThan(200);
    const { files, conf } = compiled(annotation, taken, 'safe');
    const { isFine, stderr } = checkNginx(files);
    expect({ isFine, stderr: isFine ? '' : stderr }).toEqual({ isFine: true, stderr: '' });
    const plain = new Set(namesIn(parseNginx(compiled(annotation, ['# nothing'], 'safe').conf)));
    const more = [...new Set(namesIn(parseNginx(conf)))].filter(path => !plain.has(path));
    const strange = more.filter(path => !WITHIN.has(path.split('/').at(-1) ?? '') && !OF_ALL.test(path));
    expect(strange).toEqual([]);
  });
});

describe.each(['configuration-snippet', 'server-snippet', 'auth-snippet', 'stream-snippet'])(
  'where all are taken',
  annotation => {
    test(`no ${annotation} is an internal error`, () => {
      const texts = [...fc.sample(snippet, runs(300)), ...fc.sample(hostileText, runs(300))];
      const long = ['$a', '\\', '"\\"', 'a;', '\n', ' ', '{', '$'].map(text => `set $a "${text.repeat(2000)}";`);
      const { conf } = compiled(annotation, [...texts, ...long], 'all');
      expect(parseNginx(conf).map(({ name }) => name)).toContain('http');
    });
  },
);

test('any text in quotes is one word', () => {
  const texts = fc.sample(hostileText, runs(2000)).filter(text => !/\p{Cc}/u.test(text.replaceAll(/[\t\r\n]/g, '')));
  const words = texts.map(text => `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`);
  const parsed = parseSnippet(`a ${words.join(' ')};`);
  expect(parsed.ok ? parsed.directives[0]?.args.map(({ text }) => text) : parsed.problem).toEqual(texts);
});
