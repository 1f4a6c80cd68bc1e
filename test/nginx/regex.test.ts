import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { problemOfRegex, readRegex } from '../../src/routing/pcre.ts';
import { quote } from '../../src/nginx/quote.ts';
import { problemOfText } from '../../src/routing/text.ts';
import { runs } from '../property/runs.ts';
import { checkNginx } from '../support/nginx.ts';

/** How many expressions of each kind are made. About half of them are taken. */
const RUNS = 2500;

/** A configuration that uses each expression in both ways in which we write one. */
function configurationOf(sources: readonly string[]): string {
  const locations = sources.map(
    source =>
      `location ~* ${quote(readRegex(`^${source}`).text)} { rewrite ${quote(`(?i)${readRegex(source).text}`)} /x break; }`,
  );
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path temp/${name};`);
  const http = ['access_log off;', ...folders, 'server {', 'listen unix:nginx.sock;', ...locations, '}'];
  return ['error_log stderr;', 'pid nginx.pid;', 'events {}', 'http {', ...http, '}'].join('\n');
}

function isTaken(sources: readonly string[]): boolean {
  const bytes = new TextEncoder().encode(configurationOf(sources));
  const files = [{ path: 'nginx.conf', bytes, isSecret: false, from: [] }];
  return checkNginx({ files, folders: ['temp', 'logs'] }).isFine;
}

/** Those that nginx refuses, found by halving: nginx stops at the first. */
function refusedOf(sources: readonly string[]): readonly string[] {
  if (sources.length === 0 || isTaken(sources)) return [];
  if (sources.length === 1) return sources;
  const middle = sources.length >> 1;
  return [...refusedOf(sources.slice(0, middle)), ...refusedOf(sources.slice(middle))];
}

const isPassed = (source: string) =>
  problemOfRegex(`^${source}`) === undefined && problemOfText(source, '(?i)') === undefined;

const number = fc.oneof(
  { arbitrary: fc.nat(12), weight: 8 },
  { arbitrary: fc.constantFrom(63, 255, 1000, 65_535, 65_536, 99_999), weight: 1 },
);
const quantifier = fc.oneof(
  { arbitrary: fc.constantFrom('', '*', '+', '?', '*?', '+?', '??', '*+', '++', '?+'), weight: 6 },
  { arbitrary: fc.tuple(number).map(([least]) => `{${least}}`), weight: 1 },
  { arbitrary: fc.tuple(number, number).map(([least, most]) => `{${least},${most}}`), weight: 1 },
  { arbitrary: fc.tuple(number).map(([least]) => `{${least},}+`), weight: 1 },
  { arbitrary: fc.constantFrom('{,3}', '{ 1,2 }', '{1, 2}', '{}', '{,}', '{x}', '{1', '**', '{2}{3}'), weight: 1 },
);
const letter = fc.constantFrom(
  ...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_/$^[](){}|+*?"\\ é€𝄞'),
);
const escape = fc.oneof(
  { arbitrary: letter.map(character => `\\${character}`), weight: 6 },
  {
    arbitrary: fc.constantFrom('\\d', '\\w', '\\s', '\\.', '\\/', '\\b', '\\x41', '\\x{41}', '\\x{100}', '\\x{', '\\x'),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom('\\012', '\\0', '\\12', '\\9', '\\N{2}', '\\N{U+41}', '\\p{L}', '\\g{1}', '\\cA'),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom(
      '\\pL',
      '\\p{^Lu}',
      '\\P{Han}',
      '\\p{L',
      '\\p{x}',
      '\\k<n>',
      '\\k{n}',
      "\\k'n'",
      '(?P=n)',
      '(?<n>a)',
    ),
    weight: 1,
  },
);
const literal = fc.constantFrom(...Array.from('abcxyzABZ0189/-_.~,:;=!@%&\'"<># é€𝄞]}'));
const named = fc.constantFrom(
  '[:alnum:]',
  '[:^digit:]',
  '[:word:]',
  '[:ALPHA:]',
  '[:nothing:]',
  '[:a-name-that-is-rather-long:]',
  '[:<:]',
  '[.a.]',
  '[=a=]',
  '[:alpha',
  '[:alpha:',
  '[:al]pha:]',
  '[:\\]:]',
);
const member = fc.oneof(
  { arbitrary: literal, weight: 6 },
  { arbitrary: escape, weight: 3 },
  { arbitrary: named, weight: 2 },
  { arbitrary: fc.tuple(literal, literal).map(([from, to]) => `${from}-${to}`), weight: 3 },
  { arbitrary: fc.tuple(escape, escape).map(([from, to]) => `${from}-${to}`), weight: 1 },
  { arbitrary: fc.tuple(literal, escape).map(([from, to]) => `${from}-${to}`), weight: 1 },
  { arbitrary: fc.tuple(named, literal).map(([from, to]) => `${from}-${to}`), weight: 1 },
);
const set = fc
  .tuple(fc.constantFrom('[', '[^', '[]', '[^]'), fc.array(member, { minLength: 1, maxLength: 5 }))
  .map(([open, members]) => `${open}${members.join('')}]`);
const opening = fc.oneof(
  { arbitrary: fc.constantFrom('(', '(?:', '(?=', '(?!', '(?>', '(?<=', '(?<!', '(?i:', '(?s-i:'), weight: 12 },
  {
    arbitrary: fc.constantFrom('(?', '(*', '(*ACCEPT)', '(?|', '(?<n>', '(?P<n>', "(?'n'", '(?#x)', '(?R', '(?1'),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom('(?i)', '(?-s)', '(?x)', '(?^)', '(?)', '(?J)', '(?U:', '(?(1)', '(?n:', '(?ii-'),
    weight: 1,
  },
);

const { expression } = fc.letrec<{ atom: string; piece: string; branch: string; expression: string }>(tie => ({
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: literal, weight: 8 },
    { arbitrary: fc.constantFrom('.', '^', '$', '[:alpha:]'), weight: 1 },
    { arbitrary: escape, weight: 4 },
    { arbitrary: set, weight: 3 },
    { arbitrary: fc.tuple(opening, tie('expression')).map(([open, inside]) => `${open}${inside})`), weight: 4 },
  ),
  piece: fc.tuple(tie('atom'), quantifier).map(parts => parts.join('')),
  branch: fc.array(tie('piece'), { maxLength: 4 }).map(pieces => pieces.join('')),
  expression: fc.array(tie('branch'), { minLength: 1, maxLength: 3 }).map(branches => branches.join('|')),
}));

/** An expression with one character too many, or one too few. */
const damaged = fc.tuple(expression, fc.nat(), letter, fc.boolean()).map(([source, at, character, isLonger]) => {
  const characters = Array.from(source);
  characters.splice(at % (characters.length + 1), isLonger ? 0 : 1, ...(isLonger ? [character] : []));
  return characters.join('');
});
const junk = fc.string({
  unit: fc.oneof(letter, fc.constantFrom(...Array.from('()[]{}*+?|\\^$:<>=!#-,'))),
  maxLength: 20,
});

test.each([
  { name: 'expressions of a grammar', arbitrary: expression },
  { name: 'damaged expressions', arbitrary: damaged },
  { name: 'junk', arbitrary: junk },
])('nothing passes that nginx refuses: $name', ({ arbitrary }) => {
  const sources = fc.sample(arbitrary, runs(RUNS)).map(source => `/${source}`);
  const passed = [...new Set(sources.filter(isPassed))];
  expect(passed.length).toBeGreaterThan(RUNS / 20);
  expect(refusedOf(passed)).toEqual([]);
});

/** Patterns that are as large, or as deep, as a path can be. */
test.each([
  { name: 'groups in groups', source: (size: number) => `/${'('.repeat(size)}a${')'.repeat(size)}` },
  { name: 'sets in groups', source: (size: number) => `/${'(?:[a]'.repeat(size)}${')'.repeat(size)}` },
  { name: 'repeated groups', source: (size: number) => `/(?:ab){${size}}` },
  { name: 'optional groups', source: (size: number) => `/(ab){0,${size}}` },
  { name: 'repeated sets', source: (size: number) => `/(?:[a-z]/){${size}}` },
  { name: 'groups repeated twice', source: (size: number) => `/((?:a|b){${size}}){${size}}` },
  { name: 'many groups', source: (size: number) => `/${'(a)'.repeat(size)}` },
  { name: 'many sets', source: (size: number) => `/${'[a]'.repeat(size)}` },
  { name: 'many sets of a class', source: (size: number) => `/${'[\\W]'.repeat(size)}` },
  { name: 'sets of many properties', source: (size: number) => `/${`[${'\\p{L}'.repeat(9)}]`.repeat(size)}` },
  { name: 'many properties of a set', source: (size: number) => `/[${'\\p{Lu}'.repeat(size)}]` },
  { name: 'many properties', source: (size: number) => `/${'\\P{L}'.repeat(size)}` },
  { name: 'references by name', source: (size: number) => `/(?<n>a)${'\\k<n>'.repeat(size)}` },
  { name: 'many branches', source: (size: number) => `/(${'a|'.repeat(size)})` },
  { name: 'look-behinds', source: (size: number) => `/(?<=${'ab'.repeat(size)})` },
])('nothing passes that nginx refuses: $name', ({ source }) => {
  const sizes = [1, 5, 20, 50, 100, 150, 200, 249, 250, 251, 300, 500, 800, 1000, 2000, 3000, 6000, 20_000, 60_000];
  const sources = sizes.map(source);
  expect(isPassed(sources[0] ?? '')).toBe(true);
  expect(refusedOf(sources.filter(isPassed))).toEqual([]);
});

describe('what people write passes', () => {
  const real = [
    '/',
    '/api/v[0-9]+(/|$)(.*)',
    '/app(/|$)(.*)',
    '/something(/|$)(.*)',
    '/?(.*)',
    '/(.*)',
    '/(.+)',
    '/foo/.*',
    '/foo/bar/[A-Z0-9]{3}',
    '/id/\\d+\\.html$',
    '/(?!api|static)(.*)',
    '/(?!api(?:/|$)).*',
    '/(?i)api',
    '/(?i:api)/x',
    '/((?!admin).)*$',
    '/.*(?<!\\.map)$',
    '/(?<=x)y',
    '/[[:alnum:]]+',
    '/[[:alpha:]_][[:word:]]*',
    '/[^[:space:]]+',
    '/index\\.php$',
    '/.+\\.(?:png|jpe?g|gif|svg|ico|css|js|woff2?)$',
    '/(?:a|b)+?',
    '/(?:a|b)++',
    '/\\d{2,4}',
    '/\\d{4}-\\d{2}-\\d{2}',
    '/v\\d+(\\.\\d+)*',
    '/(?>a+)b',
    '/a*+b',
    '/[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}',
    '/([^/]+)/p/([^/]+)',
    '/[^/]+/?$',
    '/[]a]',
    '/[^]a]',
    '/[a\\]b]',
    '/[\\w.-]+',
    '/[\\w-]+',
    '/[-\\w]+',
    '/[.\\-_]',
    '/[\\d,]+',
    '/\\w+@\\w+\\.\\w{2,}',
    '/\\bapi\\b',
    '/\\/escaped\\/slash',
    '/a\\-b\\_c',
    '/\\$\\{x\\}',
    '/price\\$',
    '/{id}',
    '/a{b}c',
    '/users/{id}/posts',
    '/~user',
    '/c\\+\\+',
    '/a+b',
    '/(a)(b)\\2\\1',
    '/(?=.*\\d).{8,}',
    '/(?#comment)x',
    '/\\x41\\x{7a}',
    '/\\Aa\\z',
    '/\\h\\H\\v\\V\\s\\S',
    '/a|b|',
    '/(|a)',
    '/()',
    '/(?:)',
    '/caf\u00e9',
    '/[\u00e0-\u00ff]+',
    '/%20',
    '/a b',
    '/"quoted"',
    "/'quoted'",
    '/#/hash',
    '/a;b',
    '/:id',
    '/[:id]',
    '/x]y}z',
    '/.well-known/acme-challenge/',
    '/(?s-i:A.B)',
    '/(?:[0-9]{1,3}\\.){3}[0-9]{1,3}',
    '/[0-9]{1,1000}',
    '/.{0,4000}$',
    '/(?:en|de|fr)(?:-[A-Z]{2})?(/.*)?$',
    '/\\p{L}+',
    '/\\pL\\PN\\p{^Lu}\\P{Greek}',
    '/[\\p{L}\\p{Nd}._-]+',
    '/[^\\P{L&}\\d]',
    '/(?<=\\p{Lu})x',
    '/(?<product>[a-z]+)/(?P<page>\\d+)',
    "/(?'lang'en|de)/(.*)",
    '/(?<quote>a)x(?P=quote)\\k<quote>\\k{quote}',
  ];

  test.each(real)('%s', source => {
    expect(problemOfRegex(`^${source}`)).toBeUndefined();
  });

  test('and nginx takes it', () => {
    expect(refusedOf(real)).toEqual([]);
  });
});
