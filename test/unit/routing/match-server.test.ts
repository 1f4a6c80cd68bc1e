import { describe, expect, test } from 'vitest';

import { handshakeName, readHost } from '../../../src/routing/host-name.ts';
import { matchServer } from '../../../src/routing/match-server.ts';
import type { AskedServer, ServerMatch } from '../../../src/routing/match-server.ts';
import type { Routing, Server } from '../../../src/routing/model.ts';
import { asked, fromIngress, routingOf, serverOf } from '../../support/routing.ts';

test.each([
  { name: 'a name stays as it is', sent: 'shop.example', host: 'shop.example' },
  { name: 'capital letters do not count', sent: 'Shop.EXAMPLE', host: 'shop.example' },
  { name: 'a port does not count', sent: 'shop.example:8080', host: 'shop.example' },
  { name: 'a dot at the end does not count', sent: 'shop.example.:80', host: 'shop.example' },
  { name: 'an IPv6 address has brackets', sent: '[::1]:80', host: '[::1]' },
  { name: 'two dots are invalid', sent: 'shop..example', host: undefined },
  { name: 'a slash is invalid', sent: 'shop/example', host: undefined },
  { name: 'a space is invalid', sent: 'shop example', host: undefined },
  { name: 'nothing is invalid', sent: '', host: undefined },
  { name: 'a port alone is invalid', sent: ':80', host: undefined },
  { name: 'a dot alone is invalid', sent: '.', host: undefined },
])('$name', ({ sent, host }) => {
  expect(readHost(sent)).toBe(host);
});

test('clients name no address in a handshake', () => {
  expect(['shop.example:443', '10.0.0.1:443', '[::1]', 'shop.example.'].map(handshakeName)).toEqual([
    'shop.example',
    undefined,
    undefined,
    'shop.example',
  ]);
});

const HOSTS: readonly Server[] = [
  serverOf('a.*.closed', []),
  serverOf('*.example', []),
  { ...serverOf('shop.example', []), certificate: 'shop' },
  { ...serverOf('www.example', []), aliases: ['www.org', '*.wild.org', 'www.*', '~^img\\d+\\.', '~^CDN'] },
];
const ROUTING = routingOf({ hosts: HOSTS });

function over(scheme: 'http' | 'https', host: string, sni?: string): AskedServer {
  return { scheme, host, sni: scheme === 'https' ? (sni ?? host) : undefined };
}

function sentences(found: ServerMatch): readonly string[] {
  if (found.kind === 'refused') return [`${found.status}: ${found.reason}`];
  if (found.kind === 'rejected' || found.kind === 'unclear') return [`${found.kind}: ${found.reason}`];
  if (found.kind === 'passed') return [`passed: ${found.passthrough.host}`];
  const tls = found.tls?.shows.kind === 'certificate' ? ` (${found.tls.shows.id})` : found.tls ? ' (placeholder)' : '';
  return [
    `${found.server.host}${tls}, ${found.because}`,
    ...found.losers.map(({ name, reason }) => `${name}: ${reason}`),
  ];
}

describe('over plain HTTP', () => {
  test.each([
    {
      host: 'shop.example',
      says: ['shop.example, by its exact name', '*.example: an exact name is chosen before a wildcard'],
    },
    { host: 'Any.Example:80', says: ['*.example, by its wildcard'] },
    {
      host: 'a.b.example',
      says: [
        '_, because no host has this name',
        '*.example: a wildcard stands for exactly one label, and here are more',
      ],
    },
    {
      host: 'example',
      says: ['_, because no host has this name', '*.example: a wildcard stands for one label, and there is none'],
    },
    { host: 'a.x-1.closed', says: ['a.*.closed, by a pattern'] },
    { host: 'www.org', says: ['www.example, by its exact name, the alias "www.org"'] },
    { host: 'a.b.wild.org', says: ['www.example, by a wildcard for any number of labels, the alias "*.wild.org"'] },
    { host: 'www.anything.at.all', says: ['www.example, by a wildcard at its end, the alias "www.*"'] },
    { host: 'img12.cdn', says: ['www.example, by a regular expression, the alias "~^img\\d+\\."'] },
    { host: 'cdn7', says: ['www.example, by a regular expression, the alias "~^CDN"'] },
    {
      host: 'img1.example',
      says: ['*.example, by its wildcard', '~^img\\d+\\.: regular expressions are tried last, in their order'],
    },
    { host: '10.0.0.1', says: ['_, because no host has this name'] },
    { host: 'a..b', says: ['400: "a..b" is no valid Host header'] },
  ])('$host', ({ host, says }) => {
    const found = sentences(matchServer(ROUTING, over('http', host)));
    expect(found.slice(0, says.length)).toEqual(says);
  });

  test('a request without a Host header is refused', () => {
    const found = matchServer(ROUTING, { scheme: 'http', host: undefined, sni: undefined });
    expect(sentences(found)).toEqual(['400: the request has no Host header']);
  });
});

describe('over HTTPS', () => {
  const strict: Routing = { ...ROUTING, defaultCertificate: { kind: 'reject' } };
  const fallback: Routing = { ...ROUTING, defaultCertificate: { kind: 'certificate', id: 'fallback' } };
  const unknown: Routing = {
    ...fallback,
    http: { ...ROUTING.http, tls: asked({ protocols: ['TLSv1.3'], ciphers: 'HIGH', rejectsUnknown: true }) },
  };
  test.each([
    {
      name: 'a host shows its own certificate',
      routing: ROUTING,
      host: 'shop.example',
      says: 'shop.example (shop), by its exact name',
    },
    {
      name: 'one without shows the placeholder',
      routing: ROUTING,
      host: 'www.example',
      says: 'www.example (placeholder), by its exact name',
    },
    {
      name: 'one without shows the default one',
      routing: fallback,
      host: 'www.example',
      says: 'www.example (fallback), by its exact name',
    },
    {
      name: 'an unknown host shows the default one',
      routing: fallback,
      host: 'x.test',
      says: '_ (fallback), because no host has this name',
    },
    {
      name: 'an unknown host is rejected without one',
      routing: strict,
      host: 'x.test',
      says: 'rejected: no host has the name "x.test", and there is no default certificate',
    },
    {
      name: 'a host without one is rejected, too',
      routing: strict,
      host: 'www.example',
      says: 'rejected: "www.example" has no certificate, and there is no default one',
    },
    {
      name: 'an unknown host is rejected where the options say so',
      routing: unknown,
      host: 'x.test',
      says: 'rejected: no host has the name "x.test", and the options reject unknown hosts',
    },
    {
      name: 'a known host is not',
      routing: unknown,
      host: 'www.example',
      says: 'www.example (fallback), by its exact name',
    },
  ])('$name', ({ routing, host, says }) => {
    expect(sentences(matchServer(routing, over('https', host)))[0]).toBe(says);
  });

  test('the certificate is that of the handshake, the server that of the Host header', () => {
    const found = matchServer(ROUTING, over('https', 'www.example', 'shop.example'));
    expect(sentences(found)[0]).toBe('www.example (shop), by its exact name');
  });

  test('a host without a certificate is not there without a default one', () => {
    const found = matchServer(strict, over('https', 'www.example', 'shop.example'));
    expect(sentences(found)).toEqual([
      '_ (shop), because no host has this name',
      'www.example: it has no certificate, nor is there a default one',
      '*.example: it has no certificate, nor is there a default one',
    ]);
  });

  test('a host that asks for client certificates takes no request under another name', () => {
    const clientCertificate = asked({
      authorities: 'ca',
      verify: 'on',
      depth: 1,
      isPassed: false,
      open: [],
      isOfAll: false,
    } as const);
    const guarded: Server = { ...serverOf('bank.example', []), certificate: 'bank', policies: { clientCertificate } };
    const routing = routingOf({ hosts: [...HOSTS, guarded] });
    expect(sentences(matchServer(routing, over('https', 'bank.example', 'shop.example')))).toEqual([
      '421: "bank.example" asks for client certificates, and the TLS handshake names "shop.example"',
    ]);
    expect(sentences(matchServer(routing, over('https', 'bank.example')))[0]).toBe(
      'bank.example (bank), by its exact name',
    );
  });

  test('connections of hosts that are passed through are not read', () => {
    const routing: Routing = {
      ...ROUTING,
      listeners: { ...ROUTING.listeners, passing: { https: 442, passed: 441, headerTimeout: '5s' } },
      passthroughs: [{ host: 'shop.example', from: [fromIngress('shop/web')] }],
    };
    expect(sentences(matchServer(routing, over('https', 'any', 'Shop.example')))).toEqual(['passed: shop.example']);
    expect(sentences(matchServer(routing, over('http', 'shop.example')))[0]).toBe('shop.example, by its exact name');
  });
});
