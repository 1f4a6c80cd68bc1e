import { describe, expect, test } from 'vitest';

import type { Template } from '../../../src/routing/snippets.ts';
import { readSnippet } from '../../../src/snippets/read.ts';
import type { SnippetSettings } from '../../../src/snippets/read.ts';

function problemsOf(source: string, settings: Partial<SnippetSettings> = {}): readonly string[] {
  const read = readSnippet(source, { place: 'location', takes: 'safe', source: 'x', ...settings });
  return read.ok ? [] : read.problems.map(({ message }) => message);
}

function statementsOf(source: string, settings: Partial<SnippetSettings> = {}): unknown {
  const read = readSnippet(source, { place: 'location', takes: 'safe', source: 'x', ...settings });
  return read.ok ? read.statements : read.problems.map(({ message }) => message);
}

const text = (value: string): Template => [{ kind: 'text', text: value }];
const OK = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308];

describe('the language', () => {
  test.each<{ source: string; is: unknown }>([
    { source: 'return 403;', is: [{ kind: 'return', code: 403, isRedirect: false }] },
    {
      source: String.raw`return 200 "a\nb";`,
      is: [{ kind: 'return', code: 200, text: text('a\nb'), isRedirect: false }],
    },
    {
      source: 'return https://a.example/;',
      is: [{ kind: 'return', code: 302, text: text('https://a.example/'), isRedirect: true }],
    },
    {
      source: 'rewrite ^/a(.*)$ /b$1 break;',
      is: [
        {
          kind: 'rewrite',
          pattern: '^/a(.*)$',
          to: [...text('/b'), { kind: 'group', number: 1 }],
          isRedirect: false,
          flag: 'break',
        },
      ],
    },
    {
      source: 'deny 10.0.0.9/8; allow all;',
      is: [
        { kind: 'access', isAllowed: false, network: '10.0.0.0/8' },
        { kind: 'access', isAllowed: true, network: 'all' },
      ],
    },
    {
      source: 'add_header X-A b;',
      is: [{ kind: 'response-header', how: 'add', name: 'X-A', value: text('b'), statuses: OK }],
    },
    {
      source: 'add_header X-A "b\n   c" always;',
      is: [{ kind: 'response-header', how: 'add', name: 'X-A', value: text('b c') }],
    },
    {
      source: `more_set_headers "X-A: b: c" 'X-B:d';`,
      is: [
        { kind: 'response-header', how: 'put', name: 'X-A', value: text('b: c') },
        { kind: 'response-header', how: 'put', name: 'X-B', value: text('d') },
      ],
    },
    {
      source: 'more_set_headers -s "404 503" "X-A: b";',
      is: [{ kind: 'response-header', how: 'put', name: 'X-A', value: text('b'), statuses: [404, 503] }],
    },
    {
      source: 'more_clear_headers X-A "X-B:";',
      is: [
        { kind: 'response-header', how: 'put', name: 'X-A', value: [] },
        { kind: 'response-header', how: 'put', name: 'X-B', value: [] },
      ],
    },
    { source: 'more_clear_headers Server; proxy_hide_header Server;', is: [] },
    {
      source: 'proxy_hide_header X-A;',
      is: [{ kind: 'response-header', how: 'hide', name: 'X-A', value: [], isOfProxy: true }],
    },
    { source: 'proxy_set_header X-A "";', is: [{ kind: 'request-header', name: 'X-A', value: [] }] },
    {
      source: 'more_set_input_headers -r "X-A: b";',
      is: [{ kind: 'request-header', name: 'X-A', value: text('b'), ifSent: true }],
    },
    { source: 'more_clear_input_headers X-A;', is: [{ kind: 'request-header', name: 'X-A', value: [] }] },
    { source: 'more_set_input_headers "X-Forwarded-For: 1.2.3.4";', is: [] },
    {
      source: 'access_log off; log_not_found off; server_tokens off; default_type text/plain;',
      is: [
        { kind: 'setting', name: 'access_log', value: 'off' },
        { kind: 'setting', name: 'log_not_found', value: 'off' },
        { kind: 'setting', name: 'server_tokens', value: 'off' },
        { kind: 'setting', name: 'default_type', value: 'text/plain' },
      ],
    },
    {
      source: 'limit_except get HEAD { deny all; }',
      is: [
        {
          kind: 'limit-except',
          methods: ['GET', 'HEAD'],
          rules: [{ kind: 'access', isAllowed: false, network: 'all' }],
        },
      ],
    },
    { source: 'break;', is: [{ kind: 'break' }] },
    {
      source: 'if ($http_x = "a b") { break; }',
      is: [
        {
          kind: 'if',
          condition: {
            kind: 'equals',
            variable: { kind: 'variable', of: 'nginx', name: 'http_x' },
            to: text('a b'),
            isNegated: false,
          },
          body: [{ kind: 'break' }],
        },
      ],
    },
    {
      source: 'if ( $host !~* "^a" ) { break; }',
      is: [
        {
          kind: 'if',
          condition: {
            kind: 'matches',
            variable: { kind: 'variable', of: 'nginx', name: 'host' },
            regex: '^a',
            isCaseless: true,
            isNegated: true,
          },
          body: [{ kind: 'break' }],
        },
      ],
    },
    {
      source: 'set $A 1; if ($a) { break; }',
      is: [
        { kind: 'set', variable: { kind: 'variable', of: 'snippet', name: 'a' }, to: text('1') },
        {
          kind: 'if',
          condition: { kind: 'holds', variable: { kind: 'variable', of: 'snippet', name: 'a', isRaw: true } },
          body: [{ kind: 'break' }],
        },
      ],
    },
    {
      source: 'set $args "a=b";',
      is: [{ kind: 'set', variable: { kind: 'variable', of: 'nginx', name: 'args' }, to: text('a=b') }],
    },
    {
      source: 'return 200 ${namespace}x$1y;',
      is: [
        {
          kind: 'return',
          code: 200,
          isRedirect: false,
          text: [
            { kind: 'variable', of: 'controller', name: 'namespace' },
            ...text('x'),
            { kind: 'group', number: 1 },
            ...text('y'),
          ],
        },
      ],
    },
  ])('has $source', ({ source, is }) => {
    expect(statementsOf(source)).toEqual(is);
  });

  test.each([
    { source: 'location = /a { return 404; }', match: '=', path: '/a' },
    { source: 'location =/a { return 404; }', match: '=', path: '/a' },
    { source: 'location /a { return 404; }', match: '', path: '/a' },
    { source: 'location ~* "\\.php$" { return 404; }', match: '~*', path: '\\.php$' },
    { source: 'location ~\\.php$ { return 404; }', match: '~', path: '\\.php$' },
    { source: 'location ^~ /a { return 404; }', match: '^~', path: '/a' },
  ])('has $source in servers', ({ source, match, path }) => {
    const body = [{ kind: 'return', code: 404, isRedirect: false }];
    expect(statementsOf(source, { place: 'server' })).toEqual([{ kind: 'location', match, path, body }]);
  });

  test.each([
    { source: 'proxy_pass http://a;', is: '"proxy_pass" is not a directive that snippets may have' },
    { source: 'include /etc/passwd;', is: '"include" is not a directive that snippets may have' },
    {
      source: 'content_by_lua_block { ngx.say("x"); }',
      is: '"content_by_lua_block" is not a directive that snippets may have',
    },
    { source: '"ret"urn 200;', is: '"u" follows a closing quote' },
    { source: 'Return 200;', is: '"Return" is not a directive that snippets may have' },
    { source: 'location /a { return 404; }', is: '"location" cannot stand in a location' },
    { source: 'if ($host) { deny all; }', is: '"deny" cannot stand in an "if"' },
    { source: 'if ($host) { if ($uri) { break; } }', is: '"if" cannot stand in an "if"' },
    { source: 'limit_except GET { return 200; }', is: '"return" cannot stand in limit_except' },
    { source: 'if (-f /etc/passwd) { break; }', is: '"if (-f ...)" looks for files' },
    { source: 'if ($host = a b) { break; }', is: 'the condition of "if" cannot be read' },
    { source: 'if (a = a) { break; }', is: '"a" is no variable' },
    { source: 'if ($host ~ "(") { break; }', is: '"(" is no regular expression: unclosed "("' },
    { source: 'if ($host ~ "(?<own>.)") { break; }', is: '"(?<own>.)" names its groups' },
    { source: 'access_log /var/log/x;', is: 'access_log: "/var/log/x" cannot stand here' },
    { source: 'default_type "a b";', is: 'default_type: "a b" cannot stand here' },
    { source: 'log_not_found off; log_not_found on;', is: 'log_not_found stands twice, which nginx refuses' },
    { source: 'add_header X-A $nothing;', is: 'there is no variable $nothing here' },
    { source: 'add_header X-A "5 $";', is: '"5 $" has a "$" that begins no variable' },
    { source: 'add_header X-A $1;', is: '$1 cannot stand here' },
    { source: 'add_header "X A" b;', is: '"X A" names no header' },
    { source: 'add_header Content-Length 5;', is: 'nginx makes the header Content-Length by itself' },
    { source: 'more_set_headers "Content-Type: text/plain";', is: 'nginx makes the header Content-Type by itself' },
    { source: 'more_set_headers -t text/html "X-A: b";', is: 'more_set_headers "-t" cannot be done by stock nginx' },
    { source: 'more_clear_headers "X-*";', is: '"X-*" names no header' },
    { source: 'proxy_set_header Transfer-Encoding chunked;', is: 'nginx makes the header Transfer-Encoding by itself' },
    { source: 'set $host a;', is: '"$host" is a variable of nginx' },
    {
      source: 'set $best_http_host a;',
      is: '"$best_http_host" is a variable of the controller, which nothing reads here',
    },
    { source: 'set ${a} b;', is: '"${a}" is not the name of a variable' },
    { source: 'set $a "b\nc";', is: '"b c" has a control character (code 10) at position 2' },
    {
      source: 'return 301 "https://a.example/\nb";',
      is: '"https://a.example/ b" has a control character (code 10) at position 19',
    },
    { source: 'return 99;', is: 'return: "99" is no status' },
    { source: 'rewrite ^/a(.*) /b?c=$1; set $d $1;', is: 'rewrite to "/b?c=$1" goes on with a query' },
    { source: 'allow unix:;', is: 'allow: "unix:" is no IP address or network' },
    { source: 'allow 10.0.0.0/8,10.1.0.0/16;', is: 'allow: "10.0.0.0/8,10.1.0.0/16" is no IP address or network' },
    { source: 'return 200 { }', is: 'return takes no block' },
    { source: 'if ($host);', is: 'if has no block' },
    {
      source: `return 200 ${'a'.repeat(5000)};`,
      is: `"${'a'.repeat(59)}…" is too long for nginx`,
    },
  ])('has no $source', ({ source, is }) => {
    expect(problemsOf(source)).toContain(is);
  });

  test('knows what other snippets set', () => {
    expect(problemsOf('add_header X-A $a;', { set: new Set(['a']) })).toEqual([]);
  });

  test('names every problem with its place', () => {
    const read = readSnippet('a b;\n  c d;', { place: 'location', takes: 'safe', source: 'x' });
    expect(read.ok ? [] : read.problems.map(({ offset }) => offset)).toEqual([0, 7]);
  });
});

describe('what is left', () => {
  test.each<{ source: string; is: unknown }>([
    { source: 'proxy_cache "a b";', is: [{ kind: 'other', words: ['proxy_cache', 'a b'], source: 'x' }] },
    {
      source: 'add_header X-A $nothing always;',
      is: [
        {
          kind: 'response-header',
          how: 'add',
          name: 'X-A',
          value: [{ kind: 'variable', of: 'nginx', name: 'nothing', isRaw: true }],
        },
      ],
    },
    {
      source: 'if ($host) { proxy_cache a; }',
      is: [
        {
          kind: 'if',
          condition: { kind: 'holds', variable: { kind: 'variable', of: 'nginx', name: 'host' } },
          body: [{ kind: 'other', words: ['proxy_cache', 'a'] }],
        },
      ],
    },
    {
      source: 'location /a { internal; }',
      is: [{ kind: 'other', words: ['location', '/a'], body: [{ kind: 'other', words: ['internal'] }], source: 'x' }],
    },
  ])('of $source stays as it is', ({ source, is }) => {
    expect(statementsOf(source, { takes: 'all' })).toEqual(is);
  });

  test.each([
    'load_module modules/x.so;',
    'include x;',
    'INCLUDE x;',
    '"include" x;',
    'root /etc;',
    'alias /etc/;',
    'content_by_lua_block { }',
    'set_by_lua $a "x";',
    'location /a { root /; }',
    'if ($host) { include x; }',
    'map $host $a { include x; }',
    'ssl_certificate /etc/x.pem;',
    'quic_host_key /etc/x.key;',
    'ssl_engine x;',
    'proxy_ssl_certificate_key x;',
    'auth_basic_user_file /etc/shadow;',
    'proxy_store /x;',
    'proxy_temp_path /x;',
    'client_body_temp_path /x;',
    'error_log /x;',
    'access_log /var/x;',
    'access_log syslog:server=1.2.3.4;',
    'access_log logs/$host;',
    'proxy_cache_path /tmp/x keys_zone=a:1m;',
    'proxy_cache_path ../x keys_zone=a:1m;',
    'try_files $uri =404;',
    'perl_set $a "x";',
    'js_content a.b;',
    'env A;',
    'user root;',
    'pid x;',
    'daemon off;',
    'working_directory /;',
    'proxy_pass http://unix:/var/run/docker.sock;',
    'uwsgi_pass unix:/x;',
    'dav_methods PUT;',
    'modsecurity_rules_file /x;',
    'more_set_headers -t a "X: y";',
  ])('never has %s', source => {
    expect(problemsOf(source, { takes: 'all' })).toHaveLength(1);
  });
});
