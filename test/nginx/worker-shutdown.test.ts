import { readFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { renderNginx } from '../../src/nginx/render.ts';
import { freePorts, startNginx } from '../support/nginx.ts';
import { asked, locationOf, routingOf, serverOf, to, upstreamOf } from '../support/routing.ts';

test('a reload cuts the requests of old workers when their time is over', async () => {
  const [httpPort = 0, httpsPort = 0, podPort = 0] = await freePorts(3);
  const pod = createServer().listen(podPort, '127.0.0.1');
  await once(pod, 'listening');
  const shape = routingOf({
    listeners: { addresses: ['127.0.0.1'], httpPort, httpsPort },
    hosts: [serverOf('slow.example.com', [locationOf('/', to('slow'))])],
    upstreams: [upstreamOf('slow', `127.0.0.1:${podPort}`)],
  });
  const routing = { ...shape, main: { workers: asked({ shutdownTimeout: '1s' }) } };
  const nginx = await startNginx(renderNginx(routing, {}), httpPort);
  const client = connect(httpPort, '127.0.0.1');
  try {
    client.write('GET / HTTP/1.1\r\nHost: slow.example.com\r\n\r\n');
    await once(pod, 'connection');
    const pid = Number(readFileSync(join(nginx.folder, 'run/nginx.pid'), 'utf8'));
    process.kill(pid, 'SIGHUP');
    const reloaded = performance.now();
    client.resume();
    await once(client, 'close');
    const seconds = (performance.now() - reloaded) / 1000;
    expect(seconds).toBeGreaterThan(0.9);
    // By default it would be four minutes.
    expect(seconds).toBeLessThan(200);
  } finally {
    client.destroy();
    await nginx.stop();
    pod.close();
  }
});
