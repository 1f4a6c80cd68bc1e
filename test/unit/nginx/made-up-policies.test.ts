import { describe, expect, test } from 'vitest';

import type { Parts, Tools } from '../../../src/nginx/parts.ts';
import { ORDER } from '../../../src/routing/phases.ts';
import { bareWord, EMPTY, exactKey, patternKey, quote, templateText, variable } from '../../../src/nginx/quote.ts';
import { createRenderMemory } from '../../../src/nginx/render.ts';
import type { Location, Target } from '../../../src/routing/model.ts';
import { confWith, madeUp } from '../../support/made-up-policies.ts';
import type { MadeUp } from '../../support/made-up-policies.ts';
import { asked, locationOf, routingOf, serverOf, status, to, upstreamOf } from '../../support/routing.ts';

/** Two values of maps whose hashes begin alike. */
const TWINS = [' 71774', ' 92881'] as const;
const WEB = [upstreamOf('web', '10.0.0.1:80'), upstreamOf('www', '10.0.0.2:80')];

/** Lines of a location. */
const lines = (text: string): ReturnType<typeof templateText> => templateText(`      ${text}`);

/** A location that asks for a policy that is made up. */
function asking(policy: string, head = '/', target: Target = to('web')): Location {
  return locationOf(head, target, madeUp(policy));
}

function confOf(table: MadeUp, ...locations: readonly Location[]): string {
  return confWith(routingOf({ hosts: [serverOf('a.example.com', locations)], upstreams: WEB }), table);
}

/** The server of a.example.com from its name on, without the indentation of http{}. */
function serverIn(conf: string): string {
  const start = conf.indexOf('    server_name a.example.com;');
  return conf.slice(start, conf.indexOf('\n  }', start)).replaceAll(/^ {4}/gm, '');
}

/** The lines of http{} that the policies of locations have added. */
function declaredIn(conf: string): string {
  const before = '  proxy_set_header Proxy "";\n\n';
  return conf.slice(conf.indexOf(before) + before.length, conf.indexOf('\n  upstream web')).replaceAll(/^ {2}/gm, '');
}

describe('the text of a policy', () => {
  const everywhere: Parts = {
    location: Object.fromEntries(ORDER.map(({ phase }) => [phase, lines(`# ${phase}`)])),
  };
  const all = (): Parts => everywhere;
  const other = '/other/';

  test.each<{ readonly name: string; readonly target: Target; readonly text: string }>([
    {
      name: 'stands in the order in which nginx must read it',
      target: to('web'),
      text: `location / {
  # always
  # begin
  # preflight
  # snippet
  # redirect
  # https
  # guard
  # access
  # resumed
  # rewrite
  # content
  proxy_pass http://web;
}`,
    },
    {
      name: 'holds up to the redirects where the location answers by itself',
      target: status(503, 'nobody is ready'),
      text: `location / {
  # always
  # begin
  # preflight
  # snippet
  # redirect
  # https
  return 503;  # nobody is ready
}`,
    },
    {
      name: 'guards what is not there, as the controller does',
      target: status(404, 'no backend'),
      text: `location / {
  # always
  # begin
  # preflight
  # snippet
  # redirect
  # https
  # guard
  # access
  try_files "" =404;  # behind access control: no backend
}`,
    },
  ])('$name', ({ target, text }) => {
    const conf = confOf({ all }, asking('all', '/', target), locationOf(other, to('web')));
    expect(serverIn(conf)).toContain(`\n\n${text}\n`);
  });

  test('stands in the server where locations inherit it, and all have the same', () => {
    const size = (): Parts => ({ location: { always: lines('client_max_body_size 8m;') } });
    const conf = confOf({ size }, asking('size'), asking('size', '/b/', status(503, 'nobody')));
    expect(serverIn(conf)).toBe(`server_name a.example.com;
client_max_body_size 8m;

location / { proxy_pass http://web; }
location /b/ { return 503; }  # nobody
location = /b { return 301 "$scheme://$best_host/b/$is_args$args"; }`);
  });

  describe('that guards', () => {
    const guard = lines('auth_basic Staff;');
    const asks = (): Parts => ({ location: { guard } });

    test('stands in the server where all locations have the same, also where nothing is there', () => {
      const conf = confOf({ asks }, asking('asks', '= /b'), asking('asks', '/', status(404, 'no backend')));
      expect(serverIn(conf)).toBe(`server_name a.example.com;
auth_basic Staff;

location = /b { proxy_pass http://web; }
location / { try_files "" =404; }  # behind access control: no backend`);
    });

    const asker = asking('asks');
    const configurationSnippet = asked({ statements: [] });
    const askingWithSnippet = { ...asker, policies: { ...asker.policies, configurationSnippet } };

    test.each<{ readonly name: string; readonly host?: string; readonly locations: readonly Location[] }>([
      { name: 'of hosts that nobody names', host: '_', locations: [asking('asks')] },
      { name: 'with a location that does not ask', locations: [asking('asks'), locationOf('= /b', to('web'))] },
      { name: 'with a location that others lead to', locations: [asking('asksAndLeads')] },
      { name: 'with a snippet that may say otherwise', locations: [askingWithSnippet] },
    ])('does not stand in the server $name', ({ host = 'a.example.com', locations }) => {
      const asksAndLeads = ({ declare, passTo }: Tools): Parts => {
        declare.location({ name: 'errors', kind: 'named', text: passTo({ kind: 'upstream', name: 'web' }) });
        return asks();
      };
      const routing = routingOf({ hosts: [serverOf(host, locations)], upstreams: WEB });
      const conf = confWith(routing, { asks, asksAndLeads });
      expect(conf.match(/^ *auth_basic .*$/gm)).toEqual([guard]);
    });
  });

  test('stands in the locations where one of them has another', () => {
    const size = (): Parts => ({ location: { always: lines('client_max_body_size 8m;') } });
    const other = (): Parts => ({ location: { always: lines('client_max_body_size 9m;') } });
    const conf = confOf({ size, other }, asking('size'), asking('other', '= /b'));
    expect(serverIn(conf)).toBe(`server_name a.example.com;

location / {
  client_max_body_size 8m;
  proxy_pass http://web;
}
location = /b {
  client_max_body_size 9m;
  proxy_pass http://web;
}`);
  });

  describe('that only runs', () => {
    const preflight = lines('if ($request_method = OPTIONS) { return 204; }');
    const cors = (): Parts => ({ location: { preflight } });
    const redirected = (head: string, policy?: string): Location =>
      locationOf(head, to(head === '/' ? 'web' : 'www'), {
        ...(policy === undefined ? {} : madeUp(policy)),
        tlsRedirect: { code: 308 },
      });

    test('stands in the server before its redirect, where all locations say the same', () => {
      const conf = confOf({ cors }, redirected('/', 'cors'), redirected('= /b', 'cors'));
      expect(serverIn(conf)).toBe(`server_name a.example.com;
if ($request_method = OPTIONS) { return 204; }
if ($to_https) { return 308 $https_url; }

location / { proxy_pass http://web; }
location = /b { proxy_pass http://www; }`);
    });

    test('stands in locations before their redirects, where not all answer', () => {
      const conf = confOf({ cors }, redirected('/', 'cors'), redirected('= /b'));
      expect(serverIn(conf)).toBe(`server_name a.example.com;

location / {
  if ($request_method = OPTIONS) { return 204; }
  if ($scheme = http) { return 308 $https_url; }
  proxy_pass http://web;
}
location = /b {
  if ($scheme = http) { return 308 $https_url; }
  proxy_pass http://www;
}`);
    });

    test.each<{ readonly name: string; readonly locations: readonly Location[] }>([
      {
        name: 'a folder would be redirected to its slash',
        locations: [asking('cors'), asking('cors', '/b/', to('www'))],
      },
      { name: 'no location takes every path', locations: [asking('cors', '/b'), asking('cors', '= /c')] },
      { name: 'the headers are not the same', locations: [asking('cors'), asking('corsToo', '= /c')] },
    ])('does not answer for the server where $name', ({ locations }) => {
      const corsToo = (): Parts => ({ location: { preflight }, responseHeaders: [{ name: 'X-A', value: EMPTY }] });
      const server = serverIn(confOf({ cors, corsToo }, ...locations));
      expect(server.match(/^ *if .*$/gm)).toEqual(locations.map(() => `  ${preflight.trim()}`));
    });

    test('is one line with the target where others say something else', () => {
      const table = {
        a: (): Parts => ({ location: { begin: lines('set $side a;') } }),
        b: (): Parts => ({ location: { begin: lines('set $side b;') } }),
        long: (): Parts => ({ location: { begin: lines(`set $side ${'a'.repeat(200)};`) } }),
      };
      const text = serverIn(confOf(table, asking('a'), asking('b', '= /b'), asking('long', '= /c')));
      expect(text).toContain(`
location / { set $side a; proxy_pass http://web; }
location = /b { set $side b; proxy_pass http://web; }
location = /c {
  set $side aaaa`);
      expect(serverIn(confOf(table, asking('a'), asking('a', '= /b', to('www'))))).toBe(`server_name a.example.com;
set $side a;

location / { proxy_pass http://web; }
location = /b { proxy_pass http://www; }`);
    });
  });

  test('is made once for all locations that ask for the same object', () => {
    let count = 0;
    const counted = (): Parts => {
      count += 1;
      return { location: { access: lines('deny all;') } };
    };
    const { policies } = asking('counted');
    const locations = ['/', '= /b', '= /c'].map(head => ({ ...locationOf(head, to('web')), policies }));
    confOf({ counted }, ...locations);
    expect(count).toBe(1);
  });
});

describe('what policies declare', () => {
  const origins =
    (name: string, ...all: readonly string[]) =>
    ({ declare }: Tools): Parts => {
      const rows = all.map(origin => [exactKey(origin), variable('http_origin')] as const);
      const map = declare.map({ name, of: variable('http_origin'), rows, otherwise: EMPTY });
      return { location: { access: lines(`set $origin ${map};`) } };
    };

  test('is one for equal ones, and several for others, whoever comes first', () => {
    const table = {
      a: origins('origin', 'https://a', 'https://b'),
      again: origins('origin', 'https://a', 'https://b'),
      b: origins('origin', 'https://b'),
    };
    const heads = [asking('a', '= /1'), asking('b', '= /2'), asking('again', '= /3')];
    const declared = declaredIn(confOf(table, ...heads));
    expect(declared).toBe(`
map $http_origin $origin_2678ed87 {
  https://a $http_origin;
  https://b $http_origin;
  default "";
}

map $http_origin $origin_aec58e7c { https://b $http_origin; default ""; }
`);
    expect(declaredIn(confOf(table, ...heads.toReversed()))).toBe(declared);
  });

  test.each<{ readonly name: string; readonly declare: (tools: Tools) => unknown; readonly text: RegExp }>([
    {
      name: 'a map that is looked up again at each use, with expressions in their order',
      declare: ({ declare }) =>
        declare.map({
          name: 'side',
          of: quote('$host $uri'),
          rows: [
            [patternKey('^b'), bareWord('1')],
            [patternKey('A', 'i'), bareWord('2')],
            [exactKey('default'), bareWord('3')],
          ],
          otherwise: bareWord('4'),
          isVolatile: true,
        }),
      text: /^\nmap "\$host \$uri" \$side_[0-9a-f]{8} \{\n {2}volatile;\n {2}"~\^b" 1;\n {2}"~\*A" 2;\n {2}"\\default" 3;\n {2}default 4;\n\}\n$/,
    },
    {
      name: 'a split',
      declare: ({ declare }) =>
        declare.splitClients({
          name: 'side',
          of: quote('$request_id'),
          shares: [['12.5', bareWord('a')]],
          otherwise: bareWord('b'),
        }),
      text: /^\nsplit_clients "?\$request_id"? \$side_[0-9a-f]{8} \{\n {2}12\.5% a;\n {2}\* b;\n\}\n$/,
    },
    {
      name: 'a zone of requests',
      declare: ({ declare }) =>
        declare.zone({
          name: 'limit',
          kind: 'requests',
          key: variable('binary_remote_addr'),
          size: bareWord('5m'),
          rate: bareWord('2r/s'),
        }),
      text: /^\nlimit_req_zone \$binary_remote_addr zone=limit_[0-9a-f]{8}:5m rate=2r\/s;\n$/,
    },
    {
      name: 'a zone of connections',
      declare: ({ declare }) =>
        declare.zone({ name: 'limit', kind: 'connections', key: variable('binary_remote_addr'), size: bareWord('5m') }),
      text: /^\nlimit_conn_zone \$binary_remote_addr zone=limit_[0-9a-f]{8}:5m;\n$/,
    },
  ])('may be $name', ({ declare, text }) => {
    const policy = (tools: Tools): Parts => {
      declare(tools);
      return { location: { access: lines('deny all;') } };
    };
    expect(declaredIn(confOf({ policy }, asking('policy')))).toMatch(text);
  });

  test('is left out where the location does not come to it', () => {
    const conf = confOf({ a: origins('origin', 'https://a') }, asking('a', '/', status(503, 'nobody is ready')));
    expect(declaredIn(conf)).toBe('');
  });

  test('has a name that no other has, even where eight digits are the same', () => {
    const numbered =
      (value: string) =>
      ({ declare }: Tools): Parts => {
        const map = declare.map({ name: 'side', of: variable('host'), rows: [], otherwise: quote(value) });
        return { location: { access: lines(`set $side ${map};`) } };
      };
    const [one, two] = TWINS;
    const memory = createRenderMemory();
    const routing = (...names: readonly string[]): Parameters<typeof confWith>[0] =>
      routingOf({
        hosts: [
          serverOf(
            'a.example.com',
            names.map(name => asking(name, `= /${name}`)),
          ),
        ],
        upstreams: WEB,
      });
    const table = { one: numbered(one), two: numbered(two) };
    const variablesIn = (conf: string): readonly string[] => conf.match(/(?<=\$host )\$side_\w+/g) ?? [];
    const alone = confWith(routing('one'), table, memory);
    expect(variablesIn(alone)).toEqual([expect.stringMatching(/^\$side_[0-9a-f]{8}$/)]);
    const both = confWith(routing('one', 'two'), table, memory);
    expect(new Set(variablesIn(both))).toEqual(new Set(variablesIn(both).filter(name => name.length === 70)));
    expect(new Set(variablesIn(both)).size).toBe(2);
    expect(both).toBe(confWith(routing('one', 'two'), table));
    expect(confWith(routing('one'), table, memory)).toBe(alone);
  });

  test('brings larger tables where keys are long, or many', () => {
    const long = origins('origin', `https://${'a'.repeat(60)}`);
    expect(confOf({ long }, asking('long'))).toMatch(/^ {2}map_hash_bucket_size 704;\n {2}map_hash_max_size 2048;$/m);
    const many = origins('origin', ...Array.from({ length: 3_000 }, (_, index) => `https://${index}`));
    expect(confOf({ many }, asking('many'))).toMatch(/^ {2}map_hash_bucket_size 512;\n {2}map_hash_max_size 4096;$/m);
    expect(confOf({}, locationOf('/', to('web')))).not.toContain('_hash_max_size');
  });
});

describe('headers', () => {
  const says =
    (name: string, value: string, parts: Partial<Parts> = {}) =>
    (): Parts => ({
      responseHeaders: [{ name, value: quote(value) }],
      ...parts,
    });

  test('of responses stand in http{}, and a location names its set', () => {
    const table = { a: says('X-A', 'one'), b: says('X-A', 'two') };
    const conf = confOf(table, asking('a', '= /a'), asking('b', '= /b'), locationOf('= /c', to('web')));
    expect(declaredIn(conf)).toBe(`
# What locations add to responses, by the name of a set of headers.
map "" $response_headers { default ""; }
map $response_headers $response_x_a {
  volatile;
  basic_auth_3abf7291 two;
  basic_auth_84bc176b one;
  default "";
}
add_header X-A $response_x_a always;
`);
    expect(serverIn(conf)).toContain(`
location = /a {
  set $response_headers basic_auth_84bc176b;
  proxy_pass http://web;
}`);
    expect(serverIn(conf)).toContain('location = /c { proxy_pass http://web; }');
  });

  test('that all locations have are named once, by the server', () => {
    const conf = confOf({ a: says('X-A', 'one') }, asking('a', '= /a'), asking('a', '= /b', status(503, 'nobody')));
    expect(serverIn(conf)).toBe(`server_name a.example.com;
set $response_headers basic_auth_84bc176b;

location = /a { proxy_pass http://web; }
location = /b { return 503; }  # nobody`);
  });

  test('of responses keep HSTS, and may replace it', () => {
    const conf = confOf({ a: says('strict-transport-security', 'max-age=1') }, asking('a'));
    expect(conf).toContain('  add_header Strict-Transport-Security $response_strict_transport_security always;\n');
    expect(conf).toMatch(
      /\$response_strict_transport_security \{\n\s+volatile;\n\s+basic_auth_\w+ "?max-age=1"?;\n\s+default \$hsts;/,
    );
    expect(confOf({ a: says('X-A', 'one') }, asking('a'))).toContain(
      'add_header Strict-Transport-Security $hsts always;',
    );
  });

  test('of one name are all sent', () => {
    const twice = (): Parts => ({
      responseHeaders: [
        { name: 'Set-Cookie', value: quote('a=1') },
        { name: 'Set-Cookie', value: quote('b=2') },
      ],
    });
    const conf = confOf({ twice }, asking('twice'));
    expect(conf.match(/^ *add_header Set-Cookie .*$/gm)).toEqual([
      '  add_header Set-Cookie $response_set_cookie always;',
      '  add_header Set-Cookie $response_set_cookie__2 always;',
    ]);
  });

  test('that replace those of the backend hide them, and all that is hidden anyway', () => {
    const replaces = (): Parts => ({ responseHeaders: [{ name: 'Server-Timing', value: EMPTY, replaces: true }] });
    const conf = confOf({ replaces }, asking('replaces', '= /a'), locationOf('= /b', to('web')));
    expect(serverIn(conf)).toMatch(
      /location = \/a \{\n.*\n {2}proxy_hide_header Strict-Transport-Security;\n {2}proxy_hide_header Server-Timing;\n/,
    );
  });

  test('of CORS are hidden for all and sent on where nobody asks for them', () => {
    const name = 'Access-Control-Allow-Origin';
    const cors = (): Parts => ({ responseHeaders: [{ name, value: quote('*'), replaces: true }] });
    const conf = confOf({ cors }, asking('cors', '= /a'), locationOf('= /b', to('web')));
    expect(conf).toContain(`  add_header ${name} $response_access_control_allow_origin always;
  proxy_hide_header ${name};
`);
    expect(conf).toContain('    default $upstream_http_access_control_allow_origin;\n');
    expect(serverIn(conf)).not.toContain('proxy_hide_header');
  });

  test('of requests keep what is forwarded, and may replace it', () => {
    const asks = (): Parts => ({
      requestHeaders: [
        { name: 'host', value: quote('up.example.com') },
        { name: 'X-Code', value: variable('status') },
      ],
    });
    const conf = confOf({ asks }, asking('asks', '= /a'), locationOf('= /b', status(503, 'nobody')));
    expect(conf).toContain('  proxy_set_header Host $request_host;\n  proxy_set_header Upgrade $upgrade;\n');
    expect(conf).toMatch(
      /map \$request_headers \$request_host \{\n {4}volatile;\n {4}basic_auth_\w+ up\.example\.com;\n {4}default \$best_host;/,
    );
    // What a client sends to other locations is not taken away.
    expect(conf).toMatch(
      /\$request_x_code \{\n {4}volatile;\n {4}basic_auth_\w+ \$status;\n {4}default \$http_x_code;/,
    );
    expect(conf).not.toMatch(/^ {4,}proxy_set_header/m);
  });

  test.each([
    { name: 'a name that would end the line', header: 'X-A: b' },
    { name: 'a name with another sign', header: 'X(A)' },
    { name: 'one that nginx would take away from others', header: 'ETag' },
  ])('throw for $name', ({ header }) => {
    expect(() => confOf({ a: says(header, 'one') }, asking('a'))).toThrow();
  });

  test('with long names, or odd ones, get variables of their own', () => {
    const names = ['X-A', 'X_A', `X-${'a'.repeat(60)}`, `x-${'A'.repeat(60)}`];
    const many = (): Parts => ({ responseHeaders: names.map(name => ({ name, value: quote('1') })) });
    const variables = confOf({ many }, asking('many')).match(/(?<=\$response_headers )\$\w+/g) ?? [];
    expect(new Set(variables.map(name => name.length > 47))).toEqual(new Set([false]));
    expect(new Set(variables).size).toBe(4);
  });
});

describe('internal locations', () => {
  const errors =
    (text: string) =>
    ({ declare, passTo }: Tools): Parts => {
      const page = declare.location({
        name: 'errors',
        kind: 'named',
        text: passTo({ kind: 'upstream', name: 'web' }),
        requestHeaders: [{ name: 'X-Code', value: quote(text) }],
      });
      return { location: { always: lines(`error_page 404 ${page};`) } };
    };

  test('stand once in a server, after its other locations', () => {
    const conf = confOf(
      { a: errors('1'), same: errors('1'), b: errors('2') },
      ...['a', 'same', 'b'].map(name => asking(name, `/${name}/`)),
    );
    const server = serverIn(conf);
    expect(server.match(/^ *location .*$/gm)).toEqual([
      'location /a/ {',
      'location /same/ {',
      'location /b/ {',
      'location = /a {',
      'location = /same {',
      'location = /b {',
      expect.stringMatching(
        /^location @errors_[0-9a-f]{8} \{ set \$request_headers errors_[0-9a-f]{8}; proxy_pass http:\/\/web; \}$/,
      ),
      expect.stringMatching(
        /^location @errors_[0-9a-f]{8} \{ set \$request_headers errors_[0-9a-f]{8}; proxy_pass http:\/\/web; \}$/,
      ),
    ]);
  });

  test('a folder without its slash says what nginx looks at before it adds it', () => {
    const later = (): Parts => ({ location: { content: lines('proxy_read_timeout 1s;') } });
    const server = serverIn(confOf({ a: errors('1'), b: later }, asking('a', '/a/'), asking('b', '/b/')));
    expect(server).toMatch(/location = \/a \{\n {2}error_page 404 @errors_\w+;\n {2}return 301 /);
    expect(server).toMatch(/location = \/b \{ return 301 /);
  });

  test('with a URI have the whole list of headers, and no path that a client could ask for', () => {
    const asksFirst = ({ declare, passTo }: Tools): Parts => {
      const uri = declare.location({
        name: 'ask',
        kind: 'uri',
        text: passTo({ kind: 'upstream', name: 'web' }),
        requestHeaders: [{ name: 'host', value: quote('auth.example.com') }],
      });
      return { location: { access: lines(`auth_request ${uri};`) } };
    };
    const server = serverIn(confOf({ asksFirst }, asking('asksFirst')));
    expect(server).toMatch(/^location = ask_[0-9a-f]{8} \{\n {2}internal;\n {2}proxy_set_header Upgrade \$upgrade;\n/m);
    expect(server).toContain('  proxy_set_header host auth.example.com;\n');
    expect(server).toContain('  proxy_set_header Authorization $backend_authorization;\n');
    expect(server).not.toContain('proxy_set_header Host');
  });
});
