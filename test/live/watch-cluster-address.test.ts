import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startApiServer } from '../support/api-server.ts';
import type { ApiServer } from '../support/api-server.ts';
import { startWatching } from '../support/watching.ts';
import type { Watching } from '../support/watching.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-cluster-'));
let server: ApiServer;
let watching: Watching;

beforeAll(async () => {
  server = await startApiServer();
  const backend = { service: { name: 'web', port: { number: 80 } } };
  server.put(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { ingressClassName: 'nginx', defaultBackend: backend },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { clusterIP: '10.96.0.7', selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
  );
});

afterAll(async () => {
  watching.signal('SIGKILL');
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a Service answers 503 in a cluster that holds no endpoints at all', async () => {
  const out = join(folder, 'out');
  watching = startWatching(['render', '--kubeconfig', server.kubeconfig, '-o', out], { env: { HOME: folder } });
  await watching.until(line => line.event === 'synced' && line['outcome'] === 'applied');
  const conf = readFileSync(join(out, 'nginx.conf'), 'utf8');
  expect(conf).toContain('location / { return 503; }  # the Service shop/web has no ready endpoint for port "80"');
  expect(conf).not.toContain('10.96.0.7');
});
