import { createServer } from 'node:http';
import type { Server } from 'node:http';

import { Registry } from 'prom-client';

import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { reasonOf } from '../input/reason.ts';
import type { EventSink } from './events.ts';
import { emptyHealth, livenessProblem, readinessProblem, withHealthEvent } from './health.ts';
import { isLocalHost } from './local-host.ts';
import { defineMeasures } from './measures.ts';
import type { Clock } from './clock.ts';

export type MetricsOpening =
  | { readonly kind: 'open'; readonly emit: EventSink; readonly close: () => Promise<void> }
  | Failure;

/** Measures what happens, and serves it on the loopback interface until it is closed. */
export async function openMetrics(port: number, clock: Clock): Promise<MetricsOpening> {
  const registry = new Registry();
  const measure = defineMeasures(registry);
  let health = emptyHealth();
  const server = createServer((request, response) => {
    const answer = (code: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(code, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    // Only HTTP/1.0 comes without, which no browser speaks.
    if (!isLocalHost(request.headers.host ?? 'localhost')) {
      return answer(
        421,
        'use localhost or an IP address as the host name: this server is for programs on this machine only\n',
      );
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'only GET and HEAD\n');
    const path = request.url?.split('?')[0];
    if (path === '/metrics') return void serveMetrics(registry, answer);
    if (path === '/healthz') return answerHealth(livenessProblem(health, clock.now()), answer);
    if (path === '/readyz') return answerHealth(readinessProblem(health), answer);
    return answer(404, 'not found; available: /metrics, /healthz and /readyz\n');
  });
  const problem = await listen(server, port);
  if (problem !== undefined) return failure(problem);
  return {
    kind: 'open',
    emit(event) {
      measure(event);
      health = withHealthEvent(health, event, clock.now());
    },
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

type Answer = (code: number, text: string, type?: string) => void;

async function serveMetrics(registry: Registry, answer: Answer): Promise<void> {
  answer(200, await registry.metrics(), registry.contentType);
}

function answerHealth(problem: string | undefined, answer: Answer): void {
  if (problem === undefined) answer(200, 'ok\n');
  else answer(503, `${problem}\n`);
}

/** Why it cannot listen, if it cannot. */
function listen(server: Server, port: number): Promise<string | undefined> {
  return new Promise(done => {
    server.once('error', error => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      const reason = isTaken ? 'another program listens there' : reasonOf(error);
      done(`--metrics-port: port ${port} of 127.0.0.1 cannot be used: ${reason}`);
    });
    server.listen(port, '127.0.0.1', () => done(undefined));
  });
}
