import { describe, expect, test } from 'vitest';

import { explainComplaint, ingressesIn, readRefusal } from '../../../src/nginx/complaint.ts';
import { confOf } from '../../../src/nginx/file-set.ts';
import { renderNginx } from '../../../src/nginx/render.ts';
import { fromIngress, locationOf, peerOf, routingOf, serverOf, status, to, upstreamOf } from '../../support/routing.ts';
import { objectText } from '../../../src/diagnostics/place.ts';
import { objectNamed } from '../../support/object-name.ts';

const ROUTING = routingOf({
  hosts: [
    serverOf('a.example.com', [locationOf('/', to('shop-web-80'), {}, 'team/a')], 'team/a'),
    serverOf(
      'b.example.com',
      [locationOf('/x', to('shop-web-80'), {}, 'team/x'), locationOf('~* ^/(', to('shop-web-80'), {}, 'team/b')],
      'team/x',
      'team/b',
    ),
    serverOf('f.example.com', [locationOf('/folder/', status(503, 'nobody is ready'), {}, 'team/f')], 'team/f'),
    serverOf('g.example.com', [locationOf('/', status(503, 'nobody is ready'), {}, 'team/g')], 'team/g'),
  ],
  upstreams: [upstreamOf('shop-web-80', '10.0.0.1:80')],
  files: [
    {
      kind: 'key-pair',
      id: 'shop_tls',
      chain: '',
      key: '',
      from: { ...fromIngress('x/y'), resource: objectNamed('Secret shop/tls') },
    },
  ],
  streams: [
    {
      protocol: 'TCP',
      port: 5432,
      peers: { kind: 'addresses', addresses: [peerOf('10.0.0.1:5432')] },
      acceptsProxyProtocol: false,
      sendsProxyProtocol: false,
      from: fromIngress('db/tcp'),
    },
  ],
});
const RENDERED = renderNginx(ROUTING, {});
const CONF = confOf(RENDERED);

/** The number of the line that holds the text. */
function line(text: string): number {
  return CONF.split('\n').findIndex(each => each.includes(text)) + 1;
}

test.each([
  {
    name: 'finds the location of a line',
    stderr: `nginx: [emerg] pcre_compile() failed: missing ) in "^/(" at "" in /x/nginx.conf:${line('"^/("')}\nnginx: configuration file /x/nginx.conf test failed\n`,
    found: [
      [
        'nginx-refuses',
        'nginx rejects this: pcre_compile() failed: missing ) in "^/(" at "" (Ingress team/b)',
        'team/b.yaml#0',
      ],
    ],
  },
  {
    name: 'finds the server of a line',
    stderr: `nginx: [emerg] something is wrong in /x/nginx.conf:${line('server_name b.')}`,
    found: [['nginx-refuses', 'nginx rejects this: something is wrong (Ingress team/x)', 'team/x.yaml#0']],
  },
  {
    name: 'finds the upstream of a line',
    stderr: `nginx: [emerg] host not found in upstream "db:80" in /x/nginx.conf:${line('server 10.0.0.1:80')}`,
    found: [
      ['nginx-refuses', 'nginx rejects this: host not found in upstream "db:80" (Ingress shop/web)', 'shop/web.yaml#0'],
    ],
  },
  {
    name: 'finds the stream of a line',
    stderr: `nginx: [emerg] duplicate "0.0.0.0:5432" address and port pair in /x/nginx.conf:${line('listen 5432')}`,
    found: [
      [
        'nginx-refuses',
        'nginx rejects this: duplicate "0.0.0.0:5432" address and port pair (Ingress db/tcp)',
        'db/tcp.yaml#0',
      ],
    ],
  },
  {
    name: 'finds a host that is named',
    stderr: 'nginx: [warn] conflicting server name "b.example.com" on 0.0.0.0:8080, ignored',
    found: [
      [
        'nginx-warns',
        'nginx warns: conflicting server name "b.example.com" on 0.0.0.0:8080, ignored (Ingress team/x)',
        'team/x.yaml#0',
      ],
    ],
  },
  {
    name: 'finds a certificate that is named',
    stderr: 'nginx: [emerg] cannot load certificate "/x/certs/shop_tls.pem": PEM_read_bio_X509_AUX() failed',
    found: [
      [
        'nginx-refuses',
        'nginx rejects this: cannot load certificate "/x/certs/shop_tls.pem": PEM_read_bio_X509_AUX() failed (Secret shop/tls)',
        'x/y.yaml#0',
      ],
    ],
  },
  {
    name: 'points nowhere for what is common to all',
    stderr: `nginx: [emerg] unknown directive "http" in /x/nginx.conf:${line('http {')}`,
    found: [['nginx-refuses', 'nginx rejects this: unknown directive "http"', undefined]],
  },
  {
    name: 'leaves out what is no complaint',
    stderr:
      'nginx: [alert] could not open error log file: open() "/var/log/nginx/error.log" failed (13: Permission denied)\nnginx: the configuration file /x/nginx.conf syntax is ok\n',
    found: [],
  },
  {
    name: 'leaves out that HTTP/2 is said in the way of all versions',
    stderr: `nginx: [warn] the "listen ... http2" directive is deprecated, use the "http2" directive instead in /x/nginx.conf:${line('listen 8443 ssl http2')}\n`,
    found: [],
  },
  {
    name: 'finds the server of a redirect that adds a slash',
    stderr: `nginx: [emerg] it is odd in /x/nginx.conf:${line('location = /folder {')}`,
    found: [['nginx-refuses', 'nginx rejects this: it is odd (Ingress team/f)', 'team/f.yaml#0']],
  },
  {
    name: 'reads lines of a log, too',
    stderr: '2026/01/02 03:04:05 [emerg] 12#12: bind() to 0.0.0.0:80 failed (13: Permission denied)',
    found: [['nginx-refuses', 'nginx rejects this: bind() to 0.0.0.0:80 failed (13: Permission denied)', undefined]],
  },
])('$name', ({ stderr, found }) => {
  const findings = explainComplaint(stderr, RENDERED);
  const flat = findings.map(({ rule, message, at }) => [
    rule.name,
    message,
    at !== undefined && 'document' in at ? at.document : undefined,
  ]);
  expect(flat).toEqual(found);
});

test('says how the stream module is loaded', () => {
  const [finding] = explainComplaint(
    `nginx: [emerg] unknown directive "stream" in /x/nginx.conf:${line('stream {')}`,
    RENDERED,
  );
  expect(finding?.help).toContain('load_module modules/ngx_stream_module.so;');
});

test('says which nginx can tell hosts apart by the TLS handshake', () => {
  const [finding] = explainComplaint('nginx: [emerg] unknown directive "ssl_preread" in /x/nginx.conf:9', RENDERED);
  expect(finding?.help).toContain('--with-stream_ssl_preread_module');
});

describe('who is behind the first refusal', () => {
  test.each([
    {
      name: 'the Ingress of a location',
      stderr: `nginx: [emerg] bad in nginx.conf:${line('"^/("')}`,
      refusal: { text: 'bad', isOfMachine: false, isEach: true, suspects: ['Ingress team/b'] },
    },
    {
      name: 'one or more of those who share a server',
      stderr: `nginx: [emerg] bad in nginx.conf:${line('server_name b.')}`,
      refusal: { text: 'bad', isOfMachine: false, isEach: false, suspects: ['Ingress team/x', 'Ingress team/b'] },
    },
    {
      name: 'all who lead to an upstream',
      stderr: `nginx: [emerg] bad in nginx.conf:${line('server 10.0.0.1:80')}`,
      refusal: { isEach: true, suspects: ['Ingress team/a', 'Ingress team/x', 'Ingress team/b'] },
    },
    {
      name: 'nobody where no line is named',
      stderr: 'nginx: [warn] so so\nnginx: [emerg] bad\nnginx: [emerg] worse',
      refusal: { text: 'bad', suspects: [] },
    },
    {
      name: 'the machine, and what to do about it',
      stderr: 'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)',
      refusal: { isOfMachine: true, suspects: [], help: 'only root may use ports below 1024: choose higher ones' },
    },
    {
      name: 'the machine, where nginx cannot read TLS handshakes',
      stderr: 'nginx: [emerg] unknown directive "ssl_preread" in nginx.conf:9',
      refusal: { isOfMachine: true },
    },
    {
      name: 'the machine, where a module is of another nginx',
      stderr: 'nginx: [emerg] module "/m/ngx_stream_module.so" version 1022001 instead of 1030006 in command line',
      refusal: { isOfMachine: true },
    },
  ])('$name', ({ stderr, refusal }) => {
    const found = readRefusal(stderr, RENDERED);
    expect({ ...found, suspects: found?.suspects.map(({ resource }) => objectText(resource)) }).toMatchObject(refusal);
  });

  test('warnings are no refusal', () => {
    expect(readRefusal('nginx: [warn] so so in nginx.conf:1', RENDERED)).toBeUndefined();
  });
});

describe('where a canary takes a share', () => {
  const routing = routingOf({
    hosts: [
      serverOf(
        'a.example.com',
        [locationOf('/', { kind: 'proxy', to: { kind: 'split', name: 'split_web' } }, {}, 'team/main')],
        'team/main',
      ),
    ],
    upstreams: [upstreamOf('next', '10.0.0.2:80'), upstreamOf('web', '10.0.0.1:80')],
    splits: [
      {
        name: 'split_web',
        rules: [],
        shares: [
          { to: 'next', parts: 1 },
          { to: 'web', parts: 1 },
        ],
        from: [fromIngress('team/canary')],
      },
    ],
  });
  const rendered = renderNginx(routing, {});

  test('it is the first that is tried without, for an upstream that both lead to', () => {
    const number = confOf(rendered)
      .split('\n')
      .findIndex(each => each.includes('server 10.0.0.2:80'));
    const { isEach, suspects = [] } = readRefusal(`nginx: [emerg] bad in nginx.conf:${number + 1}`, rendered) ?? {};
    expect(isEach).toBe(false);
    expect(suspects.map(({ resource }) => objectText(resource))).toEqual(['Ingress team/canary', 'Ingress team/main']);
  });

  test('it is among all Ingresses', () => {
    const all = ingressesIn(routing).map(({ resource }) => objectText(resource));
    expect(all).toEqual(['Ingress team/main', 'Ingress team/canary']);
  });
});
