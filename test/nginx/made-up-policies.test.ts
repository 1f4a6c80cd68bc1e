import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Parts, Tools } from '../../src/nginx/parts.ts';
import { EMPTY, quote, templateText, variable } from '../../src/nginx/quote.ts';
import { PODS, startBackends } from '../support/backends.ts';
import type { Backends } from '../support/backends.ts';
import { ask, expectAnswer } from '../support/client.ts';
import type { Answer, Ports, Question } from '../support/client.ts';
import { madeUp, renderMadeUp } from '../support/made-up-policies.ts';
import { freePorts, startNginx } from '../support/nginx.ts';
import type { RunningNginx } from '../support/nginx.ts';
import { locationOf, routingOf, serverOf, to, upstreamOf } from '../support/routing.ts';

const HSTS = 'max-age=31536000; includeSubDomains';
const lines = (text: string): ReturnType<typeof templateText> => templateText(`      ${text}`);

/** Asks another pod first, and sends errors to a third. */
function guarded({ declare, passTo }: Tools): Parts {
  const uri = declare.location({
    name: 'ask',
    kind: 'uri',
    text: passTo({ kind: 'upstream', name: 'login' }, variable('request_uri')),
    requestHeaders: [{ name: 'X-Asked', value: variable('request_uri') }],
  });
  const page = declare.location({
    name: 'errors',
    kind: 'named',
    text: passTo({ kind: 'upstream', name: 'blog' }),
    requestHeaders: [{ name: 'X-Code', value: variable('status') }],
  });
  return {
    location: {
      always: lines(`error_page 404 ${page};`),
      access: lines(`auth_request ${uri};`),
      content: lines('proxy_intercept_errors on;'),
    },
    responseHeaders: [{ name: 'X-Policy', value: quote('guarded $uri') }],
  };
}

const TABLE = {
  guarded,
  cors: (): Parts => ({
    location: { preflight: lines('if ($request_method = OPTIONS) { return 204; }') },
    responseHeaders: [
      { name: 'Access-Control-Allow-Origin', value: variable('http_origin'), replaces: true },
      { name: 'Set-Cookie', value: quote('a=1') },
      { name: 'Set-Cookie', value: quote('b=2') },
    ],
    requestHeaders: [{ name: 'host', value: quote('up.example.com') }],
  }),
  hides: (): Parts => ({ responseHeaders: [{ name: 'X-Secret', value: EMPTY, replaces: true }] }),
};

let backends: Backends;
let nginx: RunningNginx;
let ports: Ports;
let places: readonly string[];

beforeAll(async () => {
  backends = await startBackends();
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  ports = { httpPort, httpsPort };
  const web = (head: string, policy?: string) =>
    locationOf(head, to('web'), policy === undefined ? {} : madeUp(policy));
  const routing = routingOf({
    listeners: { addresses: ['127.0.0.1'], ...ports },
    hosts: [
      serverOf('a.example.com', [
        web('/'),
        web('/guarded/', 'guarded'),
        web('/cors/', 'cors'),
        web('/hides/', 'hides'),
      ]),
    ],
    upstreams: (['blog', 'login', 'web'] as const).map(pod => upstreamOf(pod, `${PODS[pod]}:${backends.ports.http}`)),
  });
  const files = renderMadeUp(routing, TABLE);
  const conf = new TextDecoder().decode(files.files.find(({ path }) => path === 'nginx.conf')?.bytes);
  places = conf.match(/(?<=location (?:= )?)@?(?:ask|errors)_\w+/g) ?? [];
  nginx = await startNginx(files, httpPort);
});

afterAll(async () => {
  await nginx.stop();
  await backends.close();
});

async function get(path: string, more: Partial<Question> = {}): Promise<Answer> {
  return ask(ports, { host: 'a.example.com', path, https: true, ...more });
}

describe('a location with response headers', () => {
  test('keeps HSTS, hides what it replaces and sends two of a name', async () => {
    const answer = await get('/cors/x', {
      headers: { Origin: 'https://b' },
      pod: { headers: { 'Access-Control-Allow-Origin': 'https://from-pod', 'Strict-Transport-Security': 'max-age=0' } },
    });
    expectAnswer(answer, {
      status: 200,
      headers: { 'access-control-allow-origin': 'https://b', 'strict-transport-security': HSTS },
    });
    expect(answer.lines['access-control-allow-origin']).toEqual(['https://b']);
    expect(answer.lines['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('has them where it answers by itself', async () => {
    const answer = await get('/cors/x', { method: 'OPTIONS', headers: { Origin: 'https://b' } });
    expectAnswer(answer, {
      status: 204,
      headers: { 'access-control-allow-origin': 'https://b', 'strict-transport-security': HSTS },
    });
  });

  test('leaves those of other locations alone', async () => {
    const answer = await get('/x', { pod: { headers: { 'Access-Control-Allow-Origin': 'https://from-pod' } } });
    expectAnswer(answer, {
      status: 200,
      headers: { 'access-control-allow-origin': 'https://from-pod', 'set-cookie': null, 'x-policy': null },
    });
  });

  test('hides what it hides, and what is hidden anyway', async () => {
    const pod = { headers: { 'X-Secret': '1', 'Strict-Transport-Security': 'max-age=0' } };
    expectAnswer(await get('/hides/', { pod }), {
      headers: { 'x-secret': null, 'strict-transport-security': HSTS },
    });
    expectAnswer(await get('/', { pod }), { headers: { 'x-secret': '1', 'strict-transport-security': HSTS } });
  });
});

describe('a location with request headers', () => {
  test('replaces one and keeps all others', async () => {
    expectAnswer(await get('/cors/'), {
      seen: { host: 'up.example.com', 'x-forwarded-host': 'a.example.com', 'x-forwarded-proto': 'https' },
    });
  });

  test('takes none away from requests to others', async () => {
    expectAnswer(await get('/', { headers: { 'X-Code': 'from the client' } }), {
      pod: 'web',
      seen: { host: 'a.example.com', 'x-code': 'from the client' },
    });
  });
});

describe('an internal location', () => {
  test('gets the errors with headers of its own, and the answer keeps those of the location', async () => {
    expectAnswer(await get('/guarded/x', { pod: { pod: 'web', status: 404 } }), {
      pod: 'blog',
      headers: { 'x-policy': 'guarded /guarded/x', 'strict-transport-security': HSTS },
      seen: { 'x-code': '404', 'x-asked': null, host: 'a.example.com' },
    });
  });

  test('is asked first, and its headers do not get into the request itself', async () => {
    expectAnswer(await get('/guarded/x'), {
      status: 200,
      pod: 'web',
      seen: { 'x-asked': null, 'x-code': null, host: 'a.example.com' },
    });
    expectAnswer(await get('/guarded/x', { pod: { pod: 'login', status: 403 } }), { status: 403, pod: null });
  });

  test('cannot be reached from outside', async () => {
    expect(places).toHaveLength(2);
    for (const place of places) {
      for (const path of [`/${place}`, `//${place}`, `/./${place}`, `/${encodeURIComponent(place)}`]) {
        expectAnswer(await get(path), { pod: 'web' });
      }
    }
  });
});

test('nginx finds nothing odd about any of it', () => {
  expect(nginx.errorLog()).not.toMatch(/\[(?:emerg|alert|crit|error|warn)\]/);
});
