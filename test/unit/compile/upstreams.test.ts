import { describe, expect, test } from 'vitest';

import type { BackendAddress } from '../../../src/compile/settings.ts';
import type { Resource } from '../../../src/resources/model.ts';
import { appOf, compiled, configMapOf, ingressOf, serviceOf, sliceOf } from '../../support/resources.ts';

const one = (service: string, host = 'a.io') => ingressOf({ name: host, hosts: { [host]: [['/', service]] } });

describe('an upstream', () => {
  test('has the name that the controller gives it, and comes from its Service', () => {
    const { routing } = compiled([one('web:80'), ...appOf('web', '10.0.0.1')]);
    expect(routing.upstreams).toEqual([
      {
        name: 'shop-web-80',
        service: 'shop/web:80',
        policies: {},
        peers: { kind: 'addresses', addresses: [{ address: '10.0.0.1', port: 8080 }] },
        from: [
          {
            resource: { kind: 'Service', namespace: 'shop', name: 'web' },
            field: { document: 'service-shop/web', path: [] },
          },
        ],
      },
    ]);
  });

  test('is one for all locations of a backend, and another for another way to name the port', () => {
    const rows = { 'a.io': [['/', 'web:80']], 'b.io': [['/x', 'web:80']], 'c.io': [['/', 'web:http']] } as const;
    const { routing } = compiled([ingressOf({ hosts: rows }), ...appOf('web', '10.0.0.1')]);
    expect(routing.upstreams.map(({ name }) => name)).toEqual(['shop-web-80', 'shop-web-http']);
  });

  test('is left out if nobody needs it, and if it leads nowhere', () => {
    const { routing } = compiled([one('web:80'), serviceOf('web'), ...appOf('other', '10.0.0.1')]);
    expect(routing.upstreams).toEqual([]);
  });
});

describe('two backends of one name', () => {
  const parts = [
    ingressOf({ namespace: 'a-b', name: 'x', hosts: { 'one.io': [['/', 'c:80']] } }),
    ingressOf({ namespace: 'a', name: 'x', hosts: { 'two.io': [['/', 'b-c:80']] } }),
    ...appOf('a-b/c', '10.0.0.1'),
    ...appOf('a/b-c', '10.0.0.2'),
  ];

  test('get two upstreams, in any order of the input', () => {
    const [first, second] = [compiled(parts), compiled(parts.toReversed())];
    expect(second.routing).toEqual(first.routing);
    expect(first.routing.upstreams.map(({ name }) => name)).toEqual([
      'a-b-c-80',
      expect.stringMatching(/^a-b-c-80_[0-9a-f]{8}$/),
    ]);
    const leadsTo = (host: string) => {
      const target = first.location(host, '^ /')?.target;
      return target?.kind === 'proxy' ? first.peers(target.to.name) : undefined;
    };
    expect(leadsTo('one.io')).toEqual(['10.0.0.1:8080']);
    expect(leadsTo('two.io')).toEqual(['10.0.0.2:8080']);
  });

  // The name that tells two apart is known to everybody: nobody may take it by giving a port that name.
  test('cannot be made one by a port name that looks like the name of the other', () => {
    const { routing } = compiled(parts);
    const hash = routing.upstreams[1]?.name.slice(-8) ?? '';
    const name = `80-${hash}`;
    const attack = [
      ingressOf({ namespace: 'a', name: 'evil', hosts: { '0.io': [['/', `b-c:${name}`]] } }),
      serviceOf('a/b-c', [], {
        ports: [
          { name: 'http', port: 80, targetPort: 8080, nodePort: undefined, protocol: 'TCP' },
          { name, port: 81, targetPort: 6666, nodePort: undefined, protocol: 'TCP' },
        ],
      }),
    ];
    const others = parts.filter(({ kind, namespace }) => kind !== 'Service' || namespace !== 'a');
    const slice = sliceOf('a/b-c', [], ['10.0.0.2'], '-y');
    const attacked = compiled([...others, ...attack, slice]);
    const names = ['0.io', 'one.io', 'two.io'].map(host => attacked.location(host, '^ /')?.target);
    expect(new Set(names.map(target => JSON.stringify(target))).size).toBe(3);
    expect(attacked.routing.upstreams).toHaveLength(3);
  });
});

test('a finding about a backend is said once an object that names it', () => {
  const rows = [
    ['/', 'web:80'],
    ['/a', 'web:80'],
    ['/b', 'web:81'],
  ] as const;
  const { lines } = compiled([
    ingressOf({ hosts: { 'a.io': rows } }),
    ingressOf({ name: 'x', hosts: { 'b.io': rows.slice(0, 1) } }),
    ...appOf('other', '10.0.0.1'),
  ]);
  expect(lines).toEqual(Array.from({ length: 3 }, () => 'missing-service: the Service shop/web is not in the input'));
});

describe('with the option service-upstream', () => {
  const service = serviceOf('web', ['http:80->8080'], { clusterIP: '10.96.0.7' });
  const headless = serviceOf('web', ['http:80->8080'], { clusterIP: 'None' });
  test.each<{ name: string; value: string; service: Resource; address?: BackendAddress; peers: readonly string[] }>([
    { name: 'requests go to the address of the Service', value: 'true', service, peers: ['10.96.0.7:80'] },
    {
      name: 'those of a headless Service go to its endpoints',
      value: 'true',
      service: headless,
      peers: ['10.0.0.1:8080'],
    },
    { name: 'a flag goes before', value: 'true', service, address: 'pod', peers: ['10.0.0.1:8080'] },
    { name: 'false changes nothing', value: 'false', service, peers: ['10.0.0.1:8080'] },
  ])('$name', ({ value, service: given, address = 'auto', peers }) => {
    const config = configMapOf('ingress/controller', { 'service-upstream': value });
    const resources = [one('web:80'), given, sliceOf('web', ['http:8080'], ['10.0.0.1']), config];
    const settings = { controllerConfig: 'ingress/controller', backendAddress: address } as const;
    expect(compiled(resources, settings).peers('shop-web-80')).toEqual(peers);
  });
});
