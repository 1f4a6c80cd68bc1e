import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer, sendRaw } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const REQUEST = 'GET /through-tcp HTTP/1.1\r\nHost: anything\r\nConnection: close\r\n\r\n';
let served: Served;
let byNumber: number;
let byName: number;

function configMap(data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tcp', namespace: 'ingress' }, data };
}

beforeAll(async () => {
  [byNumber = 0, byName = 0] = await freePorts(2);
  served = await serve(
    backends => [
      ...app(backends, 'web'),
      ...app(backends, 'cart'),
      configMap({ [byNumber]: 'shop/web:80', [byName]: 'shop/cart:http', '9': 'shop/nowhere:80' }),
      ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
    ],
    ['--tcp-services-configmap', 'ingress/tcp'],
  );
});
afterAll(() => served.stop());

describe('a TCP port', () => {
  test('leads to the port of a Service, by number', async () => {
    expect(await sendRaw({ httpPort: byNumber, httpsPort: 0 }, REQUEST)).toContain('"pod":"web"');
  });

  test('leads to the port of a Service, by name', async () => {
    expect(await sendRaw({ httpPort: byName, httpsPort: 0 }, REQUEST)).toContain('"pod":"cart"');
  });

  test('leaves HTTP alone', async () => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 200, pod: 'web' });
  });

  test('whose Service is missing is a warning', () => {
    const found = served.findings.filter(({ name }) => name === 'invalid-stream-entry');
    expect(found).toMatchObject([{ severity: 'warning' }]);
  });
});
