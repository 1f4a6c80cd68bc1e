import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { startApiServer } from '../../support/api-server.ts';
import type { ApiServer } from '../../support/api-server.ts';
import { runBin } from '../../support/bin.ts';
import { freePorts } from '../../support/nginx.ts';
import { forwardingKubectl } from '../../support/port-forward.ts';
import type { ForwardingKubectl } from '../../support/port-forward.ts';
import { eventually, startWatching } from '../../support/watching.ts';
import type { Watching } from '../../support/watching.ts';

// From a cluster to a browser, as docs/minikube.md goes: kubectl reaches the API server, and nothing reaches the pods.

const pods: Server[] = [];
let home: string;
let server: ApiServer;
let kubectl: ForwardingKubectl;
let httpPort: number;
let httpsPort: number;
let watching: Watching | undefined;

/** An application with its own host, and a pod whose address leads nowhere. */
async function putApp(name: string): Promise<void> {
  const metadata = { name, namespace: 'apps' };
  const backend = { service: { name, port: { name: 'http' } } };
  server.put(
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }] } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: [{ addresses: ['192.0.2.7'], conditions: { ready: true } }],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: `${name}.example.com`, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      },
    },
  );
  const pod = createServer((_, response) => void response.end(name)).listen(0, '127.0.0.1');
  pods.push(pod);
  await once(pod, 'listening');
  kubectl.lead(`apps/${name}:80`, (pod.address() as AddressInfo).port);
}

/** What the application answers; undefined when nginx does not listen yet. */
function answerOf(name: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const headers = { host: `${name}.example.com`, connection: 'close' };
    get({ host: '127.0.0.1', port: httpPort, headers }, response => {
      let body = '';
      response.on('data', chunk => void (body += String(chunk))).on('end', () => resolve(body));
    }).on('error', () => resolve(undefined));
  });
}

/** Asks until the application itself answers. */
function untilAnswered(name: string): Promise<true> {
  const isAnswered = async () => ((await answerOf(name)) === name ? true : undefined);
  return eventually(`an answer of ${name}`, isAnswered, () => watching?.text() ?? '');
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ingress2nginx-forwarded-'));
  server = await startApiServer();
  kubectl = forwardingKubectl();
  [httpPort = 0, httpsPort = 0] = await freePorts(2);
});

afterEach(async () => {
  await watching?.stop();
  await runBin(['stop', '--state-dir', join(home, 'state')]);
  await server.close();
  kubectl.remove();
  for (const pod of pods.splice(0)) pod.close();
  rmSync(home, { recursive: true, force: true });
});

test('apply --watch serves a cluster whose pods cannot be reached', async () => {
  await putApp('web');
  const place = [
    '--state-dir',
    join(home, 'state'),
    '--http-port',
    String(httpPort),
    '--https-port',
    String(httpsPort),
  ];
  const cluster = ['--kubectl', kubectl.program, '--kubeconfig', server.kubeconfig];
  const flags = ['--backend-address', 'port-forward', '--sync-rate', '20'];
  watching = startWatching(['apply', ...place, ...cluster, ...flags]);
  await untilAnswered('web');
  await putApp('blog');
  await untilAnswered('blog');
  // It is served before it is said.
  await watching.until(({ event, routes }) => event === 'synced' && JSON.stringify(routes).includes('"total":4'));

  // What forwards is begun again, and nginx need not know.
  const conf = readFileSync(join(home, 'state/current/nginx.conf'), 'utf8');
  const mark = watching.mark();
  for (const pid of kubectl.pids()) process.kill(pid, 'SIGKILL');
  await watching.until(line => line.event === 'forward' && line['state'] === 'up', mark);
  await untilAnswered('web');
  await untilAnswered('blog');
  expect(readFileSync(join(home, 'state/current/nginx.conf'), 'utf8')).toBe(conf);
  expect(
    watching
      .log()
      .slice(mark)
      .filter(({ event }) => event === 'nginx'),
  ).toEqual([]);

  // One forward a Service, and none without a route.
  server.remove('ingresses', 'apps', 'blog');
  await eventually('the end of a forward', () => (kubectl.pids().length === 1 ? true : undefined));
  await untilAnswered('web');
  expect(await watching.stop()).toBe(0);
  expect(kubectl.pids()).toEqual([]);
});
