import type { IncomingMessage, ServerResponse } from 'node:http';

import { discover } from './discovery.ts';
import type { createAnswers } from './faults.ts';
import { answerObjects } from './objects.ts';
import { targetOf } from './route.ts';
import { NO_RESOURCE, UNAUTHORIZED, badRequest, forbidden, statusObject } from './status.ts';
import type { Refusal } from './status.ts';
import type { Store } from './store.ts';
import type { Watches } from './watches.ts';

/** What an answer depends on. */
export interface Served {
  readonly store: Store;
  readonly watches: Watches;
  readonly answers: ReturnType<typeof createAnswers>;
  /** `host:port`, as the server says it of itself. */
  readonly address: () => string;
  readonly groupVersions: () => readonly string[];
  readonly token: () => string;
  /** Verb and plural that are forbidden. */
  readonly isForbidden: (verb: string, plural: string, namespace: string | undefined) => boolean;
}

/** Answers one request as kube-apiserver does; the faults come first. */
export async function handle(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const text = await readAll(request);
  const scripted = served.answers.take(method, url);
  if (scripted !== undefined) {
    if ('refusal' in scripted) refuse(response, scripted.refusal);
    else reply(response, 200, scripted.body);
    return;
  }
  if (request.headers.authorization !== `Bearer ${served.token()}`) {
    refuse(response, UNAUTHORIZED);
    return;
  }
  const { pathname, searchParams: query } = new URL(url, 'https://server');
  if (/^\/(readyz|livez|healthz)$/u.test(pathname)) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
    return;
  }
  const found = discover(pathname.replace(/\/$/u, ''), served.groupVersions(), served.address());
  const target = targetOf(pathname, served.groupVersions());
  if (found !== undefined) send(response, 200, found);
  else if (target === undefined) refuse(response, NO_RESOURCE);
  else answerTarget(served, { method, text, query, target }, request, response);
}

interface Asked {
  readonly method: string;
  readonly text: string;
  readonly query: URLSearchParams;
  readonly target: NonNullable<ReturnType<typeof targetOf>>;
}

function answerTarget(served: Served, asked: Asked, request: IncomingMessage, response: ServerResponse): void {
  const { method, text, query, target } = asked;
  const isWatch = method === 'GET' && ['1', 'true'].includes(query.get('watch') ?? '');
  const verb = isWatch ? 'watch' : verbOf(method, target.name);
  const plural = target.isStatus ? `${target.type.plural}/status` : target.type.plural;
  if (served.isForbidden(verb, plural, target.namespace)) {
    const { group, name } = target;
    refuse(response, forbidden({ group, plural, ...(name === undefined ? {} : { name }) }, verb, target.namespace));
    return;
  }
  if (isWatch) {
    served.watches.open(request, response, { target, query });
    return;
  }
  const body = parse(text);
  if (body === NOT_JSON) {
    refuse(response, badRequest('the body is not JSON'));
    return;
  }
  const answer = answerObjects(served.store, { method, target, query, body, accept: request.headers.accept });
  if ('refusal' in answer) refuse(response, answer.refusal);
  else send(response, answer.code, answer.value);
}

function verbOf(method: string, name: string | undefined): string {
  if (method === 'GET') return name === undefined ? 'list' : 'get';
  const verbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };
  return verbs[method] ?? method.toLowerCase();
}

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  if (refusal.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
  send(response, refusal.code, statusObject(refusal));
}

function send(response: ServerResponse, code: number, value: unknown): void {
  reply(response, code, `${JSON.stringify(value)}\n`);
}

function reply(response: ServerResponse, code: number, body: string): void {
  response.writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.end(body);
}
