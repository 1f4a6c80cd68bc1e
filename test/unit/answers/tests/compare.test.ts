import { describe, expect, test } from 'vitest';

import type { Explanation } from '../../../../src/answers/explain/model.ts';
import { compareAnswer } from '../../../../src/answers/tests/compare.ts';
import type { Expectation, Facts } from '../../../../src/answers/tests/model.ts';
import { answerOf, annotationOf, choiceOf, explanationOf, fieldOf, LOCATION, SERVER, stepOf } from './explanations.ts';

const HEADERS = [
  { name: 'X-Id', value: undefined },
  { name: 'X-Gone', value: '' },
  { name: 'X-Team', value: 'web' },
];
const BACKEND = explanationOf({
  outcome: { kind: 'backend', choices: [choiceOf('shop/web:80', { headers: HEADERS })] },
  responseHeaders: [{ name: 'Strict-Transport-Security', value: 'max-age=1' }],
});
const CANARY = explanationOf({
  steps: [SERVER, LOCATION, stepOf('canary', 'chose', annotationOf('canary-weight'))],
  outcome: {
    kind: 'backend',
    choices: [choiceOf('shop/web:80', { percent: 80 }), choiceOf('shop/new:80', { percent: 20, uri: '/new' })],
  },
});
const REDIRECT = explanationOf({
  steps: [SERVER, LOCATION, stepOf('https', 'answered', annotationOf('ssl-redirect'))],
  outcome: answerOf(308, 'HTTPS alone', 'https://shop.example/cart'),
});
const MISSING = explanationOf({
  steps: [SERVER, stepOf('location', 'answered')],
  outcome: answerOf(404, 'no Ingress takes this'),
});
const AUTH = explanationOf({
  steps: [SERVER, LOCATION, stepOf('auth', 'answered', annotationOf('auth-type'), annotationOf('auth-secret'))],
  outcome: answerOf(401, 'no password'),
});
const TLS = explanationOf({ steps: [stepOf('tls', 'chose', fieldOf('Secret shop/tls')), SERVER, LOCATION] });
const PASSED = explanationOf({
  outcome: { kind: 'backend', choices: [choiceOf('shop/web:443', { uri: undefined, host: undefined })] },
});
const UNCLEAR = explanationOf({ outcome: { kind: 'unclear', reason: 'a snippet has lua' } });
const REFUSED = explanationOf({ steps: [stepOf('server', 'answered')], outcome: answerOf(421, 'another host') });
const PLACEHOLDER = explanationOf({ steps: [stepOf('tls', 'chose'), SERVER, LOCATION] });
const CLOSED = explanationOf({ outcome: { kind: 'closed', reason: 'a snippet' } });
const SENT = { ...BACKEND, request: { ...BACKEND.request, headers: [{ name: 'x-mine', value: 'me' }] } };

interface Row {
  readonly name: string;
  readonly of: Explanation;
  readonly expected: Expectation;
}

const HOLDS: readonly Row[] = [
  { name: 'a Service by its whole name', of: BACKEND, expected: { service: [{ service: 'shop/web:80' }] } },
  { name: 'a Service without port', of: BACKEND, expected: { service: [{ service: 'shop/web' }] } },
  { name: 'a Service without namespace', of: BACKEND, expected: { service: [{ service: 'web:80' }] } },
  { name: 'that a backend answers', of: BACKEND, expected: { status: 'backend' } },
  { name: 'the Ingress', of: BACKEND, expected: { ingress: 'shop/web' } },
  { name: 'the Ingress by its name alone', of: BACKEND, expected: { ingress: 'web' } },
  { name: 'the URI', of: BACKEND, expected: { uri: '/cart' } },
  { name: 'the host', of: BACKEND, expected: { host: 'shop.example' } },
  { name: 'a header, whatever its case', of: BACKEND, expected: { headers: [{ name: 'x-team', value: 'web' }] } },
  { name: 'a header of the client', of: SENT, expected: { headers: [{ name: 'X-Mine', value: 'me' }] } },
  { name: 'a header that is taken out', of: BACKEND, expected: { headers: [{ name: 'X-Gone', value: undefined }] } },
  { name: 'a header that is not there', of: BACKEND, expected: { headers: [{ name: 'X-No', value: undefined }] } },
  {
    name: 'a header of the response',
    of: BACKEND,
    expected: { responseHeaders: [{ name: 'strict-transport-security', value: 'max-age=1' }] },
  },
  { name: 'no authentication', of: BACKEND, expected: { auth: 'none' } },
  { name: 'some authentication', of: AUTH, expected: { auth: 'required', status: 401 } },
  { name: 'a password', of: AUTH, expected: { auth: 'basic' } },
  { name: 'a certificate', of: TLS, expected: { tls: 'shop/tls' } },
  { name: 'the placeholder', of: PLACEHOLDER, expected: { tls: 'placeholder' } },
  { name: 'plain HTTP', of: explanationOf({}, 'http://shop.example/'), expected: { tls: 'none' } },
  { name: 'the certificate of a backend', of: PASSED, expected: { tls: 'backend', status: 'backend' } },
  { name: 'a redirect', of: REDIRECT, expected: { status: 308, location: 'https://shop.example/cart' } },
  { name: 'that nobody can tell', of: UNCLEAR, expected: { status: 'unclear' } },
  {
    name: 'a certificate, whatever becomes of the request',
    of: explanationOf({ ...TLS, outcome: UNCLEAR.outcome }),
    expected: { tls: 'shop/tls', not: { tls: 'shop/old' } },
  },
  { name: 'a closed connection', of: CLOSED, expected: { status: 'closed' } },
  {
    name: 'each backend of a canary',
    of: CANARY,
    expected: {
      service: [
        { service: 'shop/web:80', percent: 80 },
        { service: 'new', percent: 20 },
      ],
    },
  },
  {
    name: 'one of several Services',
    of: BACKEND,
    expected: { service: [{ service: 'shop/web' }, { service: 'shop/new' }] },
  },
  {
    name: 'what is not so',
    of: BACKEND,
    expected: {
      not: {
        status: 404,
        service: [{ service: 'shop/old' }],
        auth: 'required',
        headers: [{ name: 'X-Team', value: 'a' }],
      },
    },
  },
];

test.each(HOLDS)('$name holds', ({ of, expected }) => {
  expect(compareAnswer(expected, of)).toEqual({ mismatches: [] });
});

interface FailingRow extends Row {
  readonly says: string;
  readonly step: string;
}

describe('what is not so is a mismatch, and the first step that made it so is named', () => {
  const FAILS: readonly FailingRow[] = [
    {
      name: 'another Service',
      of: BACKEND,
      expected: { service: [{ service: 'shop/old:80' }] },
      says: 'service: shop/old:80 / shop/web:80',
      step: 'location',
    },
    {
      name: 'another port',
      of: BACKEND,
      expected: { service: [{ service: 'shop/web:81' }] },
      says: 'service: shop/web:81 / shop/web:80',
      step: 'location',
    },
    {
      name: 'only one of the backends of a canary',
      of: CANARY,
      expected: { service: [{ service: 'shop/web' }] },
      says: 'service: shop/web / shop/web:80 80%, shop/new:80 20%',
      step: 'canary',
    },
    {
      name: 'another share',
      of: CANARY,
      expected: {
        service: [
          { service: 'shop/web', percent: 90 },
          { service: 'shop/new', percent: 10 },
        ],
      },
      says: 'service: shop/web 90%, shop/new 10% / shop/web:80 80%, shop/new:80 20%',
      step: 'canary',
    },
    {
      name: 'a URI of some backends alone',
      of: CANARY,
      expected: { uri: '/cart' },
      says: 'uri: /cart / /cart, /new',
      step: 'location',
    },
    {
      name: 'a backend where nginx redirects',
      of: REDIRECT,
      expected: { service: [{ service: 'shop/web' }] },
      says: 'service: shop/web / nginx answers 308 with Location https://shop.example/cart (HTTPS alone)',
      step: 'https',
    },
    {
      name: 'a header where nothing is sent to a backend',
      of: REDIRECT,
      expected: { headers: [{ name: 'X-Team', value: undefined }] },
      says: 'headers.X-Team: no such header / nginx answers 308 with Location https://shop.example/cart (HTTPS alone)',
      step: 'https',
    },
    {
      name: 'a redirect where a backend answers',
      of: BACKEND,
      expected: { location: '/login' },
      says: 'location: /login / a backend answers (shop/web:80)',
      step: 'location',
    },
    {
      name: 'another Location',
      of: REDIRECT,
      expected: { location: 'https://www.shop.example/cart' },
      says: 'location: https://www.shop.example/cart / https://shop.example/cart',
      step: 'https',
    },
    {
      name: 'a status where no path fits',
      of: MISSING,
      expected: { status: 'backend' },
      says: 'status: a backend answers / nginx answers 404 (no Ingress takes this)',
      step: 'location',
    },
    {
      name: 'a password where nobody asks for one',
      of: BACKEND,
      expected: { auth: 'required' },
      says: 'auth: required / none: a backend answers (shop/web:80)',
      step: 'location',
    },
    {
      name: 'another kind of authentication',
      of: AUTH,
      expected: { auth: 'external' },
      says: 'auth: external / basic',
      step: 'auth',
    },
    {
      name: 'a header that only nginx knows',
      of: BACKEND,
      expected: { headers: [{ name: 'X-Id', value: 'a' }] },
      says: 'headers.X-Id: "a" / a value that only nginx knows',
      step: 'location',
    },
    {
      name: 'another certificate',
      of: TLS,
      expected: { tls: 'shop/old', service: [{ service: 'nobody' }] },
      says: 'service: nobody / shop/web:80 | tls: shop/old / shop/tls',
      step: 'tls',
    },
    {
      name: 'what must not be',
      of: CANARY,
      expected: { not: { service: [{ service: 'shop/new' }], status: 404 } },
      says: 'not.service: anything but shop/new / shop/web:80 80%, shop/new:80 20%',
      step: 'canary',
    },
  ];

  test.each(FAILS)('$name', ({ of, expected, says, step }) => {
    const verdict = compareAnswer(expected, of);
    const texts = verdict.mismatches.map(({ field, expected: wanted, got }) => `${field}: ${wanted} / ${got}`);
    expect({ says: texts.join(' | '), step: verdict.wrongStep?.step.name }).toEqual({ says, step });
  });
});

describe('what cannot be told holds neither way', () => {
  const UNTOLD = 'it cannot be told: a snippet has lua';
  const UNKNOWN = 'a value that only nginx knows';
  const ROWS: readonly (readonly [name: string, of: Explanation, facts: Facts, got: string])[] = [
    ['a status', UNCLEAR, { status: 403 }, UNTOLD],
    ['a Service', UNCLEAR, { service: [{ service: 'web' }] }, UNTOLD],
    ['an Ingress', UNCLEAR, { ingress: 'web' }, UNTOLD],
    ['a redirect', UNCLEAR, { location: '/login' }, UNTOLD],
    ['a URI', UNCLEAR, { uri: '/cart' }, UNTOLD],
    ['no authentication', UNCLEAR, { auth: 'none' }, UNTOLD],
    ['a header', UNCLEAR, { headers: [{ name: 'X-Team', value: 'web' }] }, UNTOLD],
    ['no header of the response', UNCLEAR, { responseHeaders: [{ name: 'X-Old', value: undefined }] }, UNTOLD],
    ['the placeholder', UNCLEAR, { tls: 'placeholder' }, UNTOLD],
    [
      'the placeholder for another host',
      REFUSED,
      { tls: 'placeholder' },
      'not known: nginx answers 421 (another host)',
    ],
    ['a value that only nginx knows', BACKEND, { headers: [{ name: 'X-Id', value: 'a' }] }, UNKNOWN],
    ['no header where only nginx knows it', BACKEND, { headers: [{ name: 'X-Id', value: undefined }] }, UNKNOWN],
    ['the URI of a connection that is passed on', PASSED, { uri: '/cart' }, 'unknown'],
  ];

  test.each(ROWS)('%s', (_name, of, facts, got) => {
    const gots = [facts, { not: facts }].map(expected => compareAnswer(expected, of).mismatches.map(each => each.got));
    expect(gots).toEqual([[got], [got]]);
  });
});
