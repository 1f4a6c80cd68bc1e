import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sendRaw } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';
import { until } from '../support/until.ts';

function configMap(name: string, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ingress' }, data };
}

const FORMAT = `{"host": "$host", "at": "$namespace/$ingress_name/$service_name:\${service_port}$location_path",
"agent": "$http_user_agent", "upstream": "$proxy_upstream_name", "other": "[$proxy_alternative_upstream_name]",
"client": "$the_real_ip", "price": "\${literal_dollar}5 it\\'s", "id": "$req_id", "uri": "$request_uri"}
`;

let served: Served;
let tcp: number;

beforeAll(async () => {
  [tcp = 0] = await freePorts(1);
  served = await serve(
    backends => [
      ...app(backends, 'web'),
      configMap('options', {
        'access-log-path': '/var/log/nginx/all.log',
        'http-access-log-path': '/var/log/nginx/http.log',
        'access-log-params': '',
        'log-format-upstream': FORMAT,
        'log-format-escape-json': 'true',
        'log-format-stream': '$protocol on $proxy_upstream_name said $status',
        'skip-access-log-urls': '/quiet,~^/silent\\?.*a',
        'error-log-path': '/var/log/nginx/errors.log',
        'error-log-level': 'info',
      }),
      configMap('tcp', { [tcp]: 'shop/web:80' }),
      ingress({
        host: 'shop.example.com',
        paths: [['/', 'Prefix', 'web']],
        annotations: { 'enable-rewrite-log': 'true', 'ssl-redirect': 'false' },
      }),
    ],
    ['--controller-config', 'ingress/options', '--tcp-services-configmap', 'ingress/tcp'],
  );
});
afterAll(() => served.stop());

/** The log, as soon as it has a text. */
async function logWith(name: string, text: string): Promise<string> {
  await until(() => served.logged(name).includes(text));
  return served.logged(name);
}

describe('the log of requests', () => {
  test('has the lines that the option says, which are valid JSON', async () => {
    await served.ask({
      host: 'shop.example.com',
      path: '/a?b=c',
      headers: { 'User-Agent': 'a "quoted"\\ one', 'X-Request-ID': 'mine' },
    });
    const log = await logWith('http.log', '/a?b=c');
    const start = log.lastIndexOf('{"host"', log.indexOf('/a?b=c'));
    expect(JSON.parse(log.slice(start, log.indexOf('}', start) + 1))).toEqual({
      host: 'shop.example.com',
      at: 'shop/shop/web:80/',
      agent: 'a "quoted"\\ one',
      upstream: 'shop-web-80',
      other: '[]',
      client: '127.0.0.1',
      price: "$5 it's",
      id: 'mine',
      uri: '/a?b=c',
    });
  });

  test('has no line of URLs that are skipped, nor of hosts that nobody knows', async () => {
    const paths = ['/quiet', '/silent?a', '/QUIET?loud', '/silent'];
    for (const path of paths) await served.ask({ host: 'shop.example.com', path });
    await served.ask({ host: 'unknown.example.com', path: '/unknown' });
    await served.ask({ host: 'shop.example.com', path: '/last' });
    const log = await logWith('http.log', '"/last"');
    const uris = [...log.matchAll(/"uri": "([^"]*)"/g)].map(([, uri]) => uri);
    expect(uris.filter(uri => uri !== '/a?b=c')).toEqual(['/QUIET?loud', '/silent', '/last']);
  });
});

test('the log of TCP has the lines of its own option', async () => {
  await sendRaw({ httpPort: tcp, httpsPort: 0 }, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(await logWith('all.log', 'said')).toBe(`TCP on TCP-${tcp} said 200\n`);
});

test('the log of errors is the file of the option, and what is fatal stands in the usual one, too', () => {
  expect(served.logged('errors.log')).not.toBe('');
  expect(served.logged('error.log')).toBe('');
});
