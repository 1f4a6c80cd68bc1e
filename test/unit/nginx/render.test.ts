import { describe, expect, test } from 'vitest';

import { createRenderMemory, renderNginx } from '../../../src/nginx/render.ts';
import type { Server } from '../../../src/routing/model.ts';
import { parseNginxVersion } from '../../../src/nginx/version.ts';
import {
  asked,
  fromIngress,
  locationOf,
  peerOf,
  routingOf,
  serverOf,
  status,
  to,
  upstreamOf,
} from '../../support/routing.ts';

import type { Peers, Routing } from '../../../src/routing/model.ts';
import { objectText } from '../../../src/diagnostics/place.ts';
import { objectNamed } from '../../support/object-name.ts';

const USERS = {
  kind: 'passwords',
  id: 'shop_users',
  content: 'ines:x\n',
  from: { ...fromIngress('shop/web'), resource: objectNamed('Secret shop/users') },
} as const;
const AUTH = { basicAuth: { realm: 'Members only', users: USERS.id } };
const REDIRECT = { tlsRedirect: { code: 308 } } as const;
const REWRITE = { rewrite: { pattern: '/api(/|$)(.*)', target: '/$2', isRedirect: false } };
const TO_URL = { rewrite: { pattern: '/old/(.*)', target: 'https://new.example.com/$1', isRedirect: true } };
const WEB = [upstreamOf('shop-web-80', '10.0.0.1:80')];

function render(routing: Routing, version = ''): string {
  const known = parseNginxVersion(version);
  const { files } = renderNginx(routing, known === undefined ? {} : { version: known });
  const conf = files.find(({ path }) => path === 'nginx.conf');
  return new TextDecoder().decode(conf?.bytes);
}

/** From the comments above the block to its end, without the indentation of http{}. */
function block(conf: string, head: RegExp): string {
  const lines = conf.split('\n').map(line => line.replace(/^ {2}/, ''));
  const found = lines.findIndex(line => head.test(line));
  const start = lines.findLastIndex(
    (line, index) => index <= found && /^(server|upstream) .*\{$|^server \{$/.test(line),
  );
  const end = lines.indexOf('}', start);
  return lines.slice(Math.max(0, lines.lastIndexOf('', start)) + 1, end + 1).join('\n');
}

describe('for an nginx that the system runs', () => {
  const system = {
    accessLog: '/var/log/nginx/access.log',
    errorLog: undefined,
    streamModule: '/usr/lib/nginx/ngx_stream_module.so',
  };
  const stream = {
    protocol: 'TCP',
    port: 5432,
    peers: { kind: 'addresses', addresses: [peerOf('10.0.0.1:5432')] },
    acceptsProxyProtocol: false,
    sendsProxyProtocol: false,
    from: fromIngress('db/tcp'),
  } as const;
  const confFor = (routing: Routing, user?: readonly string[]): string => {
    const { files, folders } = renderNginx(routing, { system: { ...system, user } });
    expect(folders).toEqual([]);
    return new TextDecoder().decode(files.find(({ path }) => path === 'nginx.conf')?.bytes);
  };

  test('the head leaves pid file and error log to it', () => {
    const conf = confFor(routingOf({ streams: [stream] }), ['www-data', 'adm']);
    expect(conf.slice(0, conf.indexOf('events {'))).toBe(`# Written by ingress2nginx; the next apply replaces it.

load_module /usr/lib/nginx/ngx_stream_module.so;
user www-data adm;
worker_processes auto;
worker_rlimit_nofile 4096;
worker_shutdown_timeout 240s;

`);
  });

  test('temporary folders are those that it was compiled with, logs lie beside its own', () => {
    const conf = confFor(routingOf({ streams: [stream] }));
    expect(conf.match(/^ *(?:\w+_temp_path|access_log|user|pid|error_log) .*$/gm)).toEqual([
      '  access_log /var/log/nginx/access.log upstreaminfo buffer=64k flush=100ms;',
      '  access_log /var/log/nginx/stream.log stream buffer=64k flush=100ms;',
    ]);
  });

  test('errors go to a file where nginx has none by itself', () => {
    const errorLog = '/var/log/nginx/error.log';
    const { files } = renderNginx(routingOf({}), { system: { ...system, errorLog, user: undefined } });
    const conf = files.find(({ path }) => path === 'nginx.conf');
    expect(new TextDecoder().decode(conf?.bytes)).toContain(`error_log ${errorLog} notice;\n`);
  });

  test('no module is loaded where there are no streams', () => {
    expect(confFor(routingOf({}))).not.toContain('load_module');
  });
});

describe('a server', () => {
  test('of one route is a handful of lines', () => {
    const routing = routingOf({
      hosts: [serverOf('shop.example.com', [locationOf('/', to('shop-web-80'))])],
      upstreams: WEB,
    });
    expect(block(render(routing), /server_name shop/)).toBe(`# Ingress shop/web
server {
  listen 8080; listen [::]:8080; listen 8443 ssl; listen [::]:8443 ssl;
  server_name shop.example.com;

  location / { proxy_pass http://shop-web-80; }
}`);
  });

  test('of several Ingresses says which location is whose', () => {
    const locations = [
      locationOf('= /api', to('shop-web-80'), {}, 'shop/api'),
      locationOf('/api/', to('shop-web-80'), {}, 'shop/api'),
      locationOf('/', status(503, 'no endpoints are ready'), {}, 'shop/web'),
    ];
    const routing = routingOf({
      hosts: [serverOf('shop.example.com', locations, 'shop/web', 'shop/api')],
      upstreams: WEB,
    });
    expect(block(render(routing), /server_name shop/)).toBe(`# Ingress shop/web, Ingress shop/api
server {
  listen 8080; listen [::]:8080; listen 8443 ssl; listen [::]:8443 ssl;
  server_name shop.example.com;

  # Ingress shop/api
  location = /api { proxy_pass http://shop-web-80; }
  location /api/ { proxy_pass http://shop-web-80; }
  # Ingress shop/web
  location / { return 503; }  # no endpoints are ready
}`);
  });

  test('for all other hosts is the default on both ports', () => {
    expect(block(render(routingOf({})), /server_name _/)).toBe(`# Hosts that no Ingress names
server {
  listen 8080 default_server;
  listen [::]:8080 default_server;
  listen 8443 ssl http2 default_server;
  listen [::]:8443 ssl http2 default_server;
  server_name _;
  ssl_certificate certs/placeholder.pem;
  ssl_certificate_key certs/placeholder.pem;

  location = /healthz { access_log off; return 200; }  # health check
  location / { return 404; }  # no Ingress takes this
}`);
  });

  test.each([
    { addresses: ['0.0.0.0'], lines: ['80', '443 ssl'] },
    { addresses: ['::'], lines: ['[::]:80', '[::]:443 ssl'] },
    {
      addresses: ['127.0.0.1', '::1'],
      lines: ['127.0.0.1:80', '[::1]:80', '127.0.0.1:443 ssl', '[::1]:443 ssl'],
    },
  ])('listens on $addresses alone where that is asked', ({ addresses, lines }) => {
    const listeners = { addresses, httpPort: 80, httpsPort: 443 };
    const conf = render(routingOf({ hosts: [serverOf('shop.example.com', [])], listeners }));
    const listens = [...block(conf, /server_name shop/).matchAll(/listen ([^;]*);/g)].map(([, text]) => text);
    expect(listens).toEqual(lines);
  });

  test('with a redirect in every location has it once', () => {
    const locations = [
      locationOf('/api/', to('shop-web-80'), REDIRECT),
      locationOf('= /api', to('shop-web-80'), REDIRECT),
      locationOf('/', status(404, 'nothing here'), REDIRECT),
    ];
    const routing = routingOf({ hosts: [serverOf('shop.example.com', locations)], upstreams: WEB });
    expect(block(render(routing), /server_name shop/)).toContain(`
  server_name shop.example.com;
  if ($to_https) { return 308 $https_url; }

  location /api/ { proxy_pass http://shop-web-80; }
  location = /api { proxy_pass http://shop-web-80; }
  location / { return 404; }  # nothing here
`);
  });

  test('with a redirect in some locations has it there', () => {
    const locations = [
      locationOf('/.well-known/acme-challenge/', to('shop-web-80')),
      locationOf('/', to('shop-web-80'), { tlsRedirect: { code: 301 } }),
    ];
    const routing = routingOf({ hosts: [serverOf('shop.example.com', locations)], upstreams: WEB });
    expect(block(render(routing), /server_name shop/)).toContain(`
  location /.well-known/acme-challenge/ { proxy_pass http://shop-web-80; }
  location / {
    if ($scheme = http) { return 301 $https_url; }
    proxy_pass http://shop-web-80;
  }
`);
  });

  test('keeps redirects in its locations when no location takes every path', () => {
    const locations = [locationOf('/api/', to('shop-web-80'), REDIRECT)];
    const routing = routingOf({ hosts: [serverOf('shop.example.com', locations)], upstreams: WEB });
    expect(block(render(routing), /server_name shop/)).toContain(`
  location /api/ {
    if ($scheme = http) { return 308 $https_url; }
`);
  });

  test('redirects to a folder itself, to the port that the client named', () => {
    const locations = [
      locationOf('/docs/', to('shop-web-80')),
      locationOf('= /a b?$x/', status(503, 'no endpoints')),
      locationOf('/api/', to('shop-web-80')),
      locationOf('= /api', to('shop-web-80')),
      locationOf('/', to('shop-web-80')),
    ];
    const routing = routingOf({ hosts: [serverOf('shop.example.com', locations)], upstreams: WEB });
    expect(block(render(routing), /server_name shop/)).toContain(`
  location / { proxy_pass http://shop-web-80; }
  location = /docs { return 301 "$scheme://$best_host/docs/$is_args$args"; }
  location = "/a b?$x" { return 301 "$scheme://$best_host/a%20b%3F%24x/$is_args$args"; }
}`);
  });

  test.each([
    { name: 'a folder', first: locationOf('/docs/', status(503, 'nobody'), REDIRECT) },
    {
      name: 'a rewrite to a URL',
      first: locationOf('~* ^/old', to('shop-web-80'), {
        ...REDIRECT,
        rewrite: { pattern: '/old', target: 'https://new.example.com/', isRedirect: true },
      }),
    },
  ])('keeps redirects to HTTPS in its locations where $name is redirected before', ({ first }) => {
    const locations = [first, locationOf('/', to('shop-web-80'), REDIRECT)];
    const conf = render(routingOf({ hosts: [serverOf('shop.example.com', locations)], upstreams: WEB }));
    expect(block(conf, /server_name shop/).match(/if \(\$scheme = http\)/g)).toHaveLength(2);
    expect(conf).not.toContain('$to_https');
  });

  test('for a wildcard takes one label', () => {
    const routing = routingOf({ hosts: [serverOf('*.apps.example.com', [])] });
    expect(render(routing)).toContain('server_name "~^(?<subdomain>[\\w-]+)\\.apps\\.example\\.com$";');
  });

  test('without certificate stays off HTTPS when handshakes are rejected', () => {
    const hosts = [serverOf('plain.example.com', []), { ...serverOf('tls.example.com', []), certificate: 'shop_tls' }];
    const conf = render(routingOf({ hosts, defaultCertificate: { kind: 'reject' } }));
    expect(block(conf, /server_name plain/)).not.toContain('8443');
    expect(block(conf, /server_name tls/)).toContain('listen 8443 ssl;');
    expect(block(conf, /server_name _/)).toContain('ssl_reject_handshake on;');
    expect(conf).not.toContain('placeholder');
  });
});

describe('a location', () => {
  test.each([
    {
      name: 'rewrites after all that nginx would skip behind it',
      location: locationOf('~* ^/api(/|$)(.*)', to('shop-web-80'), { ...REDIRECT, ...AUTH, ...REWRITE }),
      text: `
  location ~* "^/api(/|$)(.*)" {
    if ($scheme = http) { return 308 $https_url; }
    set $backend_authorization "";
    auth_basic "Members only";
    auth_basic_user_file auth/shop_users.htpasswd;
    rewrite "(?i)/api(/|$)(.*)" "/$2" break;
    proxy_pass http://shop-web-80;
  }`,
    },
    {
      name: 'redirects to a URL before anything else',
      location: locationOf('~* ^/old/(.*)', status(503, 'no endpoints'), { ...REDIRECT, ...AUTH, ...TO_URL }),
      text: `
  location ~* "^/old/(.*)" {
    rewrite "(?i)/old/(.*)" "https://new.example.com/$1" break;
    if ($scheme = http) { return 308 $https_url; }
    return 503;  # no endpoints
  }`,
    },
    {
      name: 'redirects to a URL and then asks for the password',
      location: locationOf('~* ^/old/(.*)', to('shop-web-80'), { ...AUTH, ...TO_URL }),
      text: `
  location ~* "^/old/(.*)" {
    rewrite "(?i)/old/(.*)" "https://new.example.com/$1" break;
    set $backend_authorization "";
    auth_basic "Members only";
    auth_basic_user_file auth/shop_users.htpasswd;
    proxy_pass http://shop-web-80;
  }`,
    },
    {
      name: 'asks for the password before it says 404',
      location: locationOf('/', status(404, 'no rule takes this'), AUTH),
      text: `
  location / {
    set $backend_authorization "";
    auth_basic "Members only";
    auth_basic_user_file auth/shop_users.htpasswd;
    try_files "" =404;  # behind access control: no rule takes this
  }`,
    },
    {
      name: 'says 503 to everybody',
      location: locationOf('/', status(503, 'no endpoints'), { ...REDIRECT, ...AUTH, ...REWRITE }),
      text: `
  location / {
    if ($scheme = http) { return 308 $https_url; }
    return 503;  # no endpoints
  }`,
    },
    {
      name: 'looks a name up while it serves',
      location: locationOf('/', to('shop-late-80'), REWRITE),
      text: `
  location / {
    set $backend_address web.example.org:80;
    rewrite "(?i)/api(/|$)(.*)" "/$2" break;
    proxy_pass http://$backend_address;
  }`,
    },
    {
      name: 'quotes what a manifest says',
      location: locationOf('/a"; } load_module x; # {\\', to('shop-web-80')),
      text: `
  location "/a\\"; } load_module x; # {\\\\" { proxy_pass http://shop-web-80; }`,
    },
  ])('$name', ({ location, text }) => {
    const late: Peers = { kind: 'name-at-request', host: 'web.example.org', port: 80 };
    const upstreams = [{ name: 'shop-late-80', peers: late, policies: {}, from: [] }, ...WEB];
    const other = locationOf('/open', to('shop-web-80'));
    const routing = routingOf({ hosts: [serverOf('shop.example.com', [location, other])], upstreams });
    expect(block(render(routing), /server_name shop/)).toContain(text);
  });

  test.each([
    {
      name: 'a path that would name another kind of location',
      location: locationOf('@api', to('shop-web-80')),
      error: 'not a path: "@api"',
    },
    {
      name: 'a path with a line end',
      location: locationOf('/a\nb', to('shop-web-80')),
      error: 'cannot be quoted: "/a\\nb"',
    },
    { name: 'an upstream that is not there', location: locationOf('/', to('gone')), error: 'no way to "gone"' },
    {
      name: 'the realm that opens',
      location: locationOf('/', to('shop-web-80'), { basicAuth: { realm: 'off', users: USERS.id } }),
      error: 'the realm "off"',
    },
  ])('$name is a bug of an earlier stage', ({ location, error }) => {
    const routing = routingOf({ hosts: [serverOf('shop.example.com', [location, location])], upstreams: WEB });
    expect(() => render(routing)).toThrow(error);
  });
});

describe('an upstream', () => {
  const addresses = upstreamOf('shop-web-80', '10.0.0.1:80', '[fd00::1]:8080');
  const atRequest = { ...addresses, peers: { kind: 'name-at-request', host: 'web.example.org', port: 80 } } as const;
  const resolvers = ['10.96.0.10', '[fd00::a]:53'];

  test.each([
    {
      name: 'lists addresses',
      upstream: addresses,
      version: '',
      body: 'server 10.0.0.1:80 max_fails=0;\n  server [fd00::1]:8080 max_fails=0;',
    },
    {
      name: 'shares what nginx keeps looking up',
      upstream: atRequest,
      version: '1.27.3',
      body: 'zone shop-web-80 64k;\n  server web.example.org:80 resolve max_fails=0;',
    },
  ])('$name', ({ upstream, version, body }) => {
    const conf = render(routingOf({ upstreams: [upstream], resolvers }), version);
    expect(block(conf, /^upstream/)).toBe(`upstream shop-web-80 {\n  ${body}\n  keepalive 8;\n}`);
    expect(conf).toContain('  resolver 10.96.0.10 [fd00::a]:53;\n');
  });

  test.each([
    { name: 'an nginx that does so by itself is told not to', version: '1.29.7', end: '  keepalive 0;\n' },
    { name: 'an older one need not be told', version: '1.29.6', end: '' },
  ])('with backends of both protocols keeps no connections: $name', ({ version, end }) => {
    const conf = render(routingOf({ upstreams: [{ ...addresses, protocol: 'client' }] }), version);
    const servers = 'server 10.0.0.1:80 max_fails=0;\n  server [fd00::1]:8080 max_fails=0;';
    expect(block(conf, /^upstream/)).toBe(`upstream shop-web-80 {\n  ${servers}\n${end}}`);
  });

  test.each([
    { name: 'is in the location before 1.27.3', version: '1.27.2', servers: resolvers },
    { name: 'is in the location where no DNS server is known', version: '1.30.0', servers: [] },
  ])('with a late name $name', ({ version, servers }) => {
    const hosts = [serverOf('shop.example.com', [locationOf('/', to('shop-web-80'))])];
    const conf = render(routingOf({ hosts, upstreams: [atRequest], resolvers: servers }), version);
    expect(conf).not.toContain('upstream shop-web-80');
    expect(conf).toContain('set $backend_address web.example.org:80;');
  });
});

describe('http', () => {
  const redirected = [serverOf('shop.example.com', [locationOf('/', to('shop-web-80'), REDIRECT)])];

  test('has no variable that nobody uses', () => {
    const conf = render(routingOf({ http: { tls: asked({ protocols: ['TLSv1.3'], ciphers: 'HIGH' }) } }));
    for (const name of ['$literal_dollar', '$https_url', '$backend_authorization', '$hsts'])
      expect(conf).not.toContain(name);
  });

  test('says how long old workers may go on after a reload', () => {
    const conf = render(routingOf({ main: { workers: asked({ shutdownTimeout: '1m30s' }) } }));
    expect(conf).toContain('\nworker_shutdown_timeout 1m30s;\n');
  });

  test('names the HTTPS port to those who named ours', () => {
    expect(render(routingOf({ hosts: redirected, upstreams: WEB }))).toContain(
      'map $best_host $https_port { "~:8080$" :8443; default ""; }',
    );
  });

  test('needs no port where HTTPS has its own', () => {
    const listeners = { addresses: ['0.0.0.0', '::'], httpPort: 80, httpsPort: 443 };
    expect(render(routingOf({ hosts: redirected, upstreams: WEB, listeners }))).not.toContain('https_port');
  });

  test('declares the dollar that a realm holds', () => {
    const policies = { basicAuth: { realm: 'costs $5', users: USERS.id } };
    const conf = render(
      routingOf({ hosts: [serverOf('a.example.com', [locationOf('/', to('shop-web-80'), policies)])], upstreams: WEB }),
    );
    expect(conf).toContain('geo $literal_dollar { default "$"; }');
    expect(conf).toContain('auth_basic "costs ${literal_dollar}5";');
  });

  test.each([
    { name: 'few short names', hosts: ['a.example.com'], sizes: [512, undefined] },
    { name: 'a name of 46 letters', hosts: ['a'.repeat(46)], sizes: [512, undefined] },
    { name: 'a name of 47 letters', hosts: ['a'.repeat(47)], sizes: [576, undefined] },
    { name: 'the longest name', hosts: ['a'.repeat(253)], sizes: [2176, undefined] },
    { name: 'a long wildcard, which is not in the table', hosts: [`*.${'a'.repeat(60)}`], sizes: [512, undefined] },
    {
      name: '600 names',
      hosts: Array.from({ length: 600 }, (_, index) => `h${index}.example.com`),
      sizes: [512, 1024],
    },
  ])('has a table of names that is large enough for $name', ({ hosts, sizes: [bucket, max] }) => {
    const conf = render(routingOf({ hosts: hosts.map(host => serverOf(host, [])) }));
    expect(/server_names_hash_bucket_size (\d+);/.exec(conf)?.[1]).toBe(String(bucket));
    expect(/server_names_hash_max_size (\d+);/.exec(conf)?.[1]).toBe(max === undefined ? undefined : String(max));
  });

  test.each([
    { version: '', lines: ['listen 8443 ssl http2 default_server;'], absent: ['http2 on;', 'keepalive_min_timeout'] },
    {
      version: '1.25.1',
      lines: ['listen 8443 ssl default_server;', 'http2 on;'],
      absent: ['ssl http2', 'keepalive_min_timeout'],
    },
    { version: '1.27.4', lines: ['http2 on;', 'keepalive_min_timeout 5s;'], absent: ['ssl http2'] },
  ])('speaks the syntax of "$version"', ({ version, lines, absent }) => {
    const conf = render(routingOf({}), version);
    for (const line of lines) expect(conf).toContain(`  ${line}\n`);
    for (const text of absent) expect(conf).not.toContain(text);
  });
});

test('streams stand in a block of their own, and share an upstream where they lead to the same', () => {
  const common = {
    peers: { kind: 'addresses' as const, addresses: [peerOf('10.0.0.1:5432'), peerOf('[fd00::1]:5432')] },
    from: fromIngress('db/tcp'),
  };
  const plain = { from: common.from, acceptsProxyProtocol: false, sendsProxyProtocol: false };
  const conf = render(
    routingOf({
      streams: [
        { ...common, protocol: 'TCP', port: 5432, acceptsProxyProtocol: true, sendsProxyProtocol: true },
        { ...plain, ...common, protocol: 'TCP', port: 5433 },
        { ...plain, protocol: 'UDP', port: 53, peers: { kind: 'name-at-request', host: 'dns.example.org', port: 53 } },
      ],
    }),
  );
  expect(conf.slice(conf.indexOf('  upstream tcp-5432'))).toBe(`  upstream tcp-5432 {
    server 10.0.0.1:5432 max_fails=0;
    server [fd00::1]:5432 max_fails=0;
  }

  # Ingress db/tcp
  server {
    listen 5432 proxy_protocol;
    listen [::]:5432 proxy_protocol;
    set_real_ip_from 0.0.0.0/0;
    set_real_ip_from ::/0;
    proxy_protocol on;
    proxy_pass tcp-5432;
  }

  # Ingress db/tcp
  server {
    listen 5433;
    listen [::]:5433;
    proxy_pass tcp-5432;
  }

  # Ingress db/tcp
  server {
    listen 53 udp;
    listen [::]:53 udp;
    proxy_responses 1;
    set $backend_address dns.example.org:53;
    proxy_pass $backend_address;
  }
}
`);
});

test('gives each file once, with those that hold secrets marked', () => {
  const from = { ...fromIngress('shop/web'), resource: objectNamed('Secret shop/tls') };
  const { files, folders } = renderNginx(
    routingOf({
      hosts: [
        { ...serverOf('a.example.com', [locationOf('/', to('shop-web-80'), AUTH)], 'shop/b'), certificate: 'shop_tls' },
        { ...serverOf('b.example.com', [locationOf('/', to('shop-web-80'), AUTH)], 'shop/a'), certificate: 'shop_tls' },
      ],
      upstreams: WEB,
      files: [{ kind: 'key-pair', id: 'shop_tls', chain: 'CHAIN\n', key: 'KEY', from }, USERS],
    }),
    {},
  );
  expect(files.map(({ path, isSecret, from: objects }) => [path, isSecret, ...objects.map(objectText)])).toEqual([
    ['auth/shop_users.htpasswd', true, 'Secret shop/users'],
    ['certs/placeholder.pem', true],
    ['certs/shop_tls.pem', true, 'Secret shop/tls'],
    ['nginx.conf', false, 'Ingress shop/a', 'Ingress shop/b'],
  ]);
  expect(new TextDecoder().decode(files[2]?.bytes)).toBe('CHAIN\nKEY\n');
  expect(folders).toEqual(['logs', 'run']);
});

test.each(['../x', 'a/b', '', '.hidden', 'a\nb'])('a file name like %j is a bug of an earlier stage', id => {
  const files = [{ kind: 'key-pair', id, chain: '', key: '', from: fromIngress('shop/web') }] as const;
  expect(() => renderNginx(routingOf({ files }), {})).toThrow('not a file name');
});

test('a server with thousands of locations is rendered in steps, to the same text as in one', () => {
  const paths = Array.from({ length: 2_500 }, (_, index) => `/p${index}`);
  const locations = paths.map(path => locationOf(path, status(503, 'no endpoints are ready')));
  const conf = render(routingOf({ hosts: [serverOf('shop.example.com', locations)] }));
  const lines = paths.map(path => `  location ${path} { return 503; }  # no endpoints are ready\n`);
  expect(`${block(conf, /server_name shop/)}\n`).toMatch(/;\n\n(?= {2}location \/p0 )/);
  expect(block(conf, /server_name shop/).replace(/^[^]*?\n\n/, '')).toBe(`${lines.join('')}}`);
});

test('lists the objects behind nginx.conf once, in the order of their texts, in which the slash counts', () => {
  const names = ['shop/web', 'shop-2/api', 'shop/api', 'shop.eu/web', 'shop/web'];
  const hosts = names.map((name, index) => serverOf(`h${index}.example.com`, [], name));
  const memory = createRenderMemory();
  const listed = (given: readonly Server[]): readonly string[] => {
    const { files } = renderNginx(routingOf({ hosts: given }), {}, memory);
    return (files.find(({ path }) => path === 'nginx.conf')?.from ?? []).map(objectText);
  };
  expect(listed(hosts.slice(0, 1))).toEqual(['Ingress shop/web']);
  const all = ['Ingress shop-2/api', 'Ingress shop.eu/web', 'Ingress shop/api', 'Ingress shop/web'];
  expect(listed(hosts)).toEqual(all);
  expect(listed(hosts.slice(1))).toEqual(all);
});
