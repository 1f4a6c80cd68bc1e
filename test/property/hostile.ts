import * as fc from 'fast-check';

/** Characters that mean something to nginx, YAML, a shell, a path or a header. */
const CHARACTERS = [
  ...Array.from(';{}"\'\\#$~^@=*()[]|?+.,/:%&<>!-_ \t\n\raZ0ß'),
  ...Array.from('\u0000\u0001\u001b\u007f\u0085\u00a0\u2028\u2029\ufeff\u{1f600}İ'),
  '\ud800',
];

/** Ways out of a directive, and words that would do harm as one. */
const PAYLOADS = [
  'x; return 200 owned; #',
  'x;} location /owned { return 200; } location /z {',
  '} } server { listen 1; return 200; } http {',
  '"; return 200 "owned',
  "'; return 200 'owned",
  '\\"; return 200; #',
  '\\',
  '\\\\"',
  'x\nreturn 200;\n',
  'x\r\nX-Owned: yes',
  '# comment\nreturn 200;',
  'x\u2028return 200;',
  '${request_uri}',
  '$request_uri',
  '$no_such_variable',
  '$1$9',
  '$',
  '${',
  '$${',
  '../../../../etc/passwd',
  '/etc/passwd',
  '..',
  '.',
  './x',
  '-',
  '--help',
  '-rf',
  'load_module modules/owned.so;',
  'ssl_engine owned;',
  'include /etc/passwd;',
  'alias /etc/;',
  'root /;',
  'content_by_lua_block { os.execute("id") }',
  'CN=owned',
  'off',
  'default',
  'unix:/var/run/docker.sock',
  '127.0.0.1',
  '[::1]',
  'localhost',
  '~.*',
  '*',
  '_',
  '""',
  'null',
  'true',
  '0',
  '-1',
  '1e309',
  '__proto__',
  'constructor',
  'toString',
  '!!js/function "x"',
  '<<',
  '&a *a',
  '{{ 7 * 7 }}',
  '{% raw %}',
  '(?{1})',
  '(?<host>x)',
  '(?<args>.*)',
  '([a-z',
  '(a+)+$',
  '\\Q;{}\\E',
  '[^;]{0,9}',
  'x'.repeat(8_192),
  ';'.repeat(5_000),
  '"'.repeat(3_000),
  `${'a'.repeat(62)}.`.repeat(5),
];

const soup = fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 12 }).map(parts => parts.join(''));
const payload = fc.constantFrom(...PAYLOADS);

/** Any character. The one that fast-check has, `binary`, takes seconds to be made. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map(code => String.fromCodePoint(code));

/** Any text: what attackers wrote, such things joined and cut, and noise. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: payload },
  { weight: 3, arbitrary: soup },
  { weight: 2, arbitrary: fc.tuple(payload, soup).map(([first, last]) => first + last) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('a', 'web', 'shop.example.com', '/a'), payload).map(([a, b]) => a + b),
  },
  { weight: 1, arbitrary: fc.string({ unit: codePoint, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);
