import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Backends } from '../support/backends.ts';
import type { Expected, Question } from '../support/client.ts';
import { expectAnswer } from '../support/client.ts';
import { authority, pem } from '../support/credentials.ts';
import type { SignedName } from '../support/credentials.ts';
import { app, ingress, secret } from '../support/manifests.ts';
import type { IngressOptions, Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

function host(name: string, annotations: Readonly<Record<string, string>>, more: IngressOptions = {}): Manifest {
  return ingress({ name, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']], annotations, ...more });
}

const CLIENTS = { 'auth-tls-secret': 'shop/clients' };
const tls = (name: string): IngressOptions => ({ tls: [{ hosts: [`${name}.example.com`] }] });

function manifests(backends: Backends): readonly Manifest[] {
  return [
    ...app(backends, 'web'),
    secret('clients', { 'ca.crt': authority('clients.crt') }),
    secret('clients-crl', { 'ca.crt': authority('clients.crt'), 'ca.crl': authority('clients.crl') }),
    secret('others', { 'ca.crt': authority('others.crt') }),
    host('on', CLIENTS, tls('on')),
    host('plain', CLIENTS),
    ingress({ name: 'acme', host: 'plain.example.com', paths: [['/.well-known/acme-challenge/x', 'Exact', 'web']] }),
    ingress({ name: 'sibling', host: 'plain.example.com', paths: [['/sibling', 'Prefix', 'web']] }),
    host('revoked', { 'auth-tls-secret': 'shop/clients-crl' }),
    host('optional', { ...CLIENTS, 'auth-tls-verify-client': 'optional' }),
    host('any', {
      ...CLIENTS,
      'auth-tls-verify-client': 'optional_no_ca',
      'auth-tls-pass-certificate-to-upstream': 'true',
    }),
    host('off', { ...CLIENTS, 'auth-tls-verify-client': 'off' }),
    host('page', { ...CLIENTS, 'auth-tls-error-page': 'https://www.example.com/no' }),
    host('own-page', { ...CLIENTS, 'auth-tls-error-page': '/no' }),
    host('alice', { ...CLIENTS, 'auth-tls-match-cn': 'CN=alice(,|$)' }),
    host('others', { 'auth-tls-secret': 'shop/others' }),
    host('open', {}),
    ingress({ name: 'rest', paths: [['/', 'Prefix', 'web']], annotations: { 'auth-tls-secret': 'shop/others' } }),
  ];
}

let served: Served;
/** The same without a guard of the default server, which would switch sessions off. */
let unguarded: Served;

beforeAll(async () => {
  served = await serve(manifests);
  unguarded = await serve(backends => manifests(backends).slice(0, -1));
});
afterAll(async () => {
  await served.stop();
  await unguarded.stop();
});

const https = (name: string, more: Partial<Question> = {}): Question => ({
  host: `${name}.example.com`,
  path: '/',
  https: true,
  ...more,
});

interface Row {
  readonly name: string;
  readonly question: Question;
  readonly expected: Expected;
}

describe('a client certificate', () => {
  test.each<Row>([
    { name: 'lets in', question: https('on', { certificate: 'alice' }), expected: { pod: 'web' } },
    { name: 'may not be missing', question: https('on'), expected: { status: 400, pod: null } },
    {
      name: 'may not be of another authority',
      question: https('on', { certificate: 'mallory' }),
      expected: { status: 400, pod: null },
    },
    {
      name: 'may not be revoked',
      question: https('revoked', { certificate: 'bob' }),
      expected: { status: 400, pod: null },
    },
    {
      name: 'lets in if others are revoked',
      question: https('revoked', { certificate: 'alice' }),
      expected: { pod: 'web' },
    },
    {
      name: 'is shown to the backend by its names',
      question: https('on', { certificate: 'alice' }),
      expected: {
        seen: {
          'ssl-client-verify': 'SUCCESS',
          'ssl-client-subject-dn': 'CN=alice,O=Example',
          'ssl-client-issuer-dn': 'CN=clients,O=Example',
          'ssl-client-cert': null,
        },
      },
    },
    {
      name: 'goes to the backend as a whole where it is asked for',
      question: https('any', { certificate: 'alice' }),
      expected: { seen: { 'ssl-client-cert': expect.stringMatching(/^-----BEGIN%20CERTIFICATE-----%0A/u) } },
    },
    {
      name: 'of another authority is let in where any is',
      question: https('any', { certificate: 'mallory' }),
      expected: { pod: 'web', seen: { 'ssl-client-verify': expect.stringMatching(/^FAILED:/u) } },
    },
    {
      name: 'of another authority is not where it may only be missing',
      question: https('optional', { certificate: 'mallory' }),
      expected: { status: 400, pod: null },
    },
    {
      name: 'may be missing where it is optional, and nobody can say otherwise',
      question: https('optional', {
        headers: { 'ssl-client-verify': 'SUCCESS', 'ssl-client-subject-dn': 'CN=root', 'ssl-client-cert': 'x' },
      }),
      expected: {
        pod: 'web',
        seen: { 'ssl-client-verify': 'NONE', 'ssl-client-subject-dn': null, 'ssl-client-cert': null },
      },
    },
    { name: 'is not asked for where it is off', question: https('off'), expected: { pod: 'web' } },
    {
      name: 'that is missing leads to a page elsewhere',
      question: https('page'),
      expected: { status: 302, headers: { location: 'https://www.example.com/no' } },
    },
    {
      name: 'that is missing leads to a page of the host',
      question: https('own-page'),
      expected: { status: 200, pod: 'web', seen: { 'ssl-client-verify': 'NONE' } },
    },
    {
      name: 'lets in whom the expression means',
      question: https('alice', { certificate: 'alice' }),
      expected: { pod: 'web' },
    },
    {
      name: 'keeps out whom it does not mean',
      question: https('alice', { certificate: 'bob' }),
      expected: { status: 403, pod: null },
    },
    {
      name: 'of another host does not count under the name of an open one',
      question: https('on', { serverName: 'open.example.com', certificate: 'alice' }),
      expected: { status: 421, pod: null },
    },
    {
      name: 'of another host does not count under its name',
      question: https('on', { serverName: 'others.example.com', certificate: 'mallory' }),
      expected: { status: 421, pod: null },
    },
    {
      name: 'for the default server does not count without a name in the handshake',
      question: https('on', { serverName: '', certificate: 'mallory' }),
      expected: { status: 421, pod: null },
    },
    {
      name: 'for the default server does not count either where it may be missing',
      question: https('optional', { serverName: '', certificate: 'mallory' }),
      expected: { status: 421, pod: null },
    },
    {
      name: 'guards the default server',
      question: { host: 'nobody.example.com', path: '/', https: true },
      expected: { status: 400, pod: null },
    },
    {
      name: 'lets into the default server without a name in the handshake',
      question: { host: 'nobody.example.com', path: '/', https: true, serverName: '', certificate: 'mallory' },
      expected: { pod: 'web' },
    },
    {
      name: 'guards the default server under the name of an open host',
      question: { host: 'nobody.example.com', path: '/', https: true, serverName: 'open.example.com' },
      expected: { status: 421, pod: null },
    },
    { name: 'is not asked for by other hosts', question: https('open'), expected: { pod: 'web' } },
  ])('$name', async ({ question, expected }) => {
    expectAnswer(await served.ask(question), expected);
  });
});

describe('over plain HTTP, a host that asks for certificates', () => {
  test.each([
    { name: 'redirects to HTTPS', host: 'on', path: '/', status: 308, pod: null },
    { name: 'keeps everybody out without TLS', host: 'plain', path: '/', status: 403, pod: null },
    { name: 'keeps everybody out of paths of others', host: 'plain', path: '/sibling', status: 403, pod: null },
    { name: 'proves itself', host: 'plain', path: '/.well-known/acme-challenge/x', status: 200, pod: 'web' as const },
    { name: 'answers where one may be missing', host: 'optional', path: '/', status: 200, pod: 'web' as const },
    { name: 'keeps out whom it does not mean', host: 'alice', path: '/', status: 403, pod: null },
  ])('$name', async ({ host: name, path, status, pod }) => {
    expectAnswer(await served.ask({ host: `${name}.example.com`, path }), { status, pod });
  });
});

/** Connects with a certificate, and asks; with the session that was given there, the answer of a second connection. */
function askAgain(first: string, second: string, certificate: SignedName): Promise<string> {
  const { chain: cert, key } = pem(certificate);
  const { ports } = unguarded;
  const options: ConnectionOptions = { host: '127.0.0.1', port: ports.httpsPort, rejectUnauthorized: false };
  const send = (name: string, more: ConnectionOptions): Promise<{ text: string; session: Buffer | undefined }> =>
    new Promise((resolve, reject) => {
      let text = '';
      let session: Buffer | undefined;
      const socket = connect({ ...options, ...more, servername: name }, () => {
        socket.write(`GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
      });
      socket.on('session', given => (session = given));
      socket.on('data', chunk => (text += chunk.toString('latin1')));
      socket.on('end', () => resolve({ text, session }));
      socket.on('error', reject);
    });
  return send(`${first}.example.com`, { cert, key }).then(async ({ session }) => {
    const { text } = await send(`${second}.example.com`, { session });
    return text.split('\r\n')[0] ?? '';
  });
}

describe('a session that began with a certificate', () => {
  test('goes on at the same host', async () => {
    expect(await askAgain('on', 'on', 'alice')).toContain(' 200 ');
  });

  test('does not count at a host with other authorities', async () => {
    // Newer versions of nginx refuse the handshake, older ones forget the session.
    const answer = await askAgain('on', 'others', 'alice').catch((error: unknown) => String(error));
    expect(answer).toMatch(/ 400 |alert access denied/u);
  });
});
