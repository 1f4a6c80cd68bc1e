import { describe, expect, test } from 'vitest';

import { authority, pem } from '../../support/credentials.ts';
import { compiled, configMapOf, ingressOf, secretOf, serviceOf, settingsOf, sliceOf } from '../../support/resources.ts';

const pair = { 'tls.crt': pem('alice').chain, 'tls.key': pem('alice').key };
const world = [
  serviceOf('api', ['443']),
  sliceOf('api', ['443'], ['10.0.0.1']),
  secretOf('one', { 'ca.crt': authority('clients.crt'), ...pair }),
  secretOf('two', { 'ca.crt': authority('others.crt') }),
  secretOf('pair', pair),
];

type Given = Readonly<Record<string, string>>;

/** What is asked of the upstreams of `/a` and `/b` of one host, which two Ingresses have; that of `/a` is older. */
function asked(first: Given, second: Given, options: Given = {}) {
  const https = { 'backend-protocol': 'HTTPS' };
  const make = (name: string, path: string, createdAt: string, annotations: Given) =>
    ingressOf({ name, createdAt, annotations: { ...https, ...annotations }, hosts: { 'a.io': [[path, 'api:443']] } });
  const { routing } = compiled(
    [
      ...world,
      configMapOf('ingress-nginx/options', options),
      make('first', '/a/', '2020-01-01T00:00:00Z', first),
      make('second', '/b/', '2021-01-01T00:00:00Z', second),
    ],
    settingsOf({ controllerConfig: 'ingress-nginx/options' }),
  );
  const server = routing.servers.find(({ host }) => host === 'a.io');
  return ['/a/', '/b/'].map(path => {
    const target = server?.locations.find(location => location.path === path)?.target;
    const name = target?.kind === 'proxy' ? target.to.name : undefined;
    return routing.upstreams.find(upstream => upstream.name === name)?.policies.backendTls?.asks;
  });
}

const ONE = { authorities: 'shop_one_ca', keyPair: 'shop_one_client', name: 'x.io', isVerified: true };
const first = { 'proxy-ssl-secret': 'shop/one', 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'x.io' };

describe('the TLS to backends of an Ingress', () => {
  test('is that of the oldest one of its host, where it says nothing', () => {
    expect(asked(first, {})).toMatchObject([ONE, ONE]);
  });

  test('is its own with proxy-ssl-location-only', () => {
    expect(asked(first, {}, { 'proxy-ssl-location-only': 'true' })).toMatchObject([ONE, undefined]);
  });

  test('is its own where it has authorities, but for what it leaves open', () => {
    const [, second] = asked(first, { 'proxy-ssl-secret': 'shop/two' });
    expect(second).toMatchObject({
      authorities: 'shop_two_ca',
      keyPair: 'shop_one_client',
      isVerified: false,
      name: 'x.io',
    });
  });

  test('is that of the host where it has none, but for the name', () => {
    const [, second] = asked(first, { 'proxy-ssl-secret': 'shop/pair', 'proxy-ssl-name': 'y.io' });
    expect(second).toMatchObject({ ...ONE, name: 'y.io' });
  });

  test('is not that of a younger one', () => {
    expect(asked({}, first)).toMatchObject([ONE, ONE]);
    expect(asked({ 'proxy-ssl-secret': 'shop/two' }, first)[0]).toMatchObject({ authorities: 'shop_two_ca' });
  });

  test('is nothing for a backend without TLS', () => {
    expect(asked({ ...first, 'backend-protocol': 'HTTP' }, { 'backend-protocol': 'GRPC' })).toEqual([
      undefined,
      undefined,
    ]);
  });
});
