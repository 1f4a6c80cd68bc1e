import { describe, expect, test } from 'vitest';
import { examine } from './examine.ts';

function endpoints(subsets: string): string {
  return `{apiVersion: v1, kind: Endpoints, metadata: {name: web}, subsets: [${subsets}]}`;
}

describe('addresses of Endpoints', () => {
  const at = 'subsets.0.addresses.0.ip';
  test.each([
    ...['10.0.0.1', '239.1.1.1', '255.255.255.255', '0.1.2.3', '2001:db8::1', '::ffff:10.0.0.1'].map(ip => ({
      ip,
      found: [],
      taken: 1,
    })),
    ...['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'].map(ip => ({
      ip,
      found: [`loopback-endpoint ${at}`],
      taken: 1,
    })),
    ...['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254', '100.100.100.200'].map(ip => ({
      ip,
      found: [`metadata-address ${at}`],
      taken: 0,
    })),
    ...['169.254.1.1', 'fe80::1', '224.0.0.1', 'ff02::1', '0.0.0.0', '::'].map(ip => ({
      ip,
      found: [`invalid-address ${at}`],
      taken: 0,
    })),
    ...['db.example.com', 'localhost', '', '10.0.0.1:80', '10.0.0.0/8', '010.0.0.1', '10.1', 'fe80::1%eth0'].map(
      ip => ({
        ip,
        found: [`invalid-address ${at}`],
        taken: 0,
      }),
    ),
    ...['[2001:db8::1]', 'unix:/var/run/docker.sock', '127.0.0.11; } return 418; #'].map(ip => ({
      ip,
      found: [`invalid-address ${at}`],
      taken: 0,
    })),
  ])('"$ip"', ({ ip, found, taken }) => {
    const examined = examine(endpoints(`{addresses: [{ip: "${ip}"}]}`));
    expect(examined.found).toEqual(found);
    expect(examined.taken).toHaveLength(taken);
  });

  test('one warning speaks for all loopback addresses', () => {
    const { diagnostics } = examine(
      endpoints('{addresses: [{ip: 127.0.0.1}, {ip: 127.0.0.2}], notReadyAddresses: [{ip: 127.0.0.3}]}'),
    );
    expect(diagnostics.map(found => found.message)).toEqual([
      'the endpoint "127.0.0.1" (and 2 more) is on the machine that nginx runs on; a cluster would refuse it',
    ]);
  });
});

describe('Endpoints', () => {
  test.each([
    { name: 'an empty subset', given: endpoints('{}'), found: ['missing-field subsets.0'] },
    { name: 'a null subset', given: endpoints('null'), found: ['invalid-type subsets.0'] },
    {
      name: 'empty lists',
      given: endpoints('{addresses: [], notReadyAddresses: []}'),
      found: ['missing-field subsets.0'],
    },
    { name: 'no ip', given: endpoints('{addresses: [{hostname: a}]}'), found: ['missing-field subsets.0.addresses.0'] },
    {
      name: 'names of addresses',
      given: endpoints('{addresses: [{ip: 10.0.0.1, hostname: a.b, nodeName: A_B}]}'),
      found: ['invalid-name subsets.0.addresses.0.hostname', 'invalid-name subsets.0.addresses.0.nodeName'],
    },
    {
      name: 'ports without names',
      given: endpoints('{addresses: [{ip: 10.0.0.1}], ports: [{port: 1}, {port: 2}]}'),
      found: ['missing-field subsets.0.ports.0', 'missing-field subsets.0.ports.1'],
    },
    {
      name: 'port numbers',
      given: endpoints('{addresses: [{ip: 10.0.0.1}], ports: [{port: 65536}]}'),
      found: ['invalid-port subsets.0.ports.0.port'],
    },
    {
      name: 'equal addresses and port names',
      given: endpoints(
        '{addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.1}], ports: [{name: a, port: 1}, {name: a, port: 2}]}',
      ),
      found: [],
    },
    { name: 'no subsets', given: '{apiVersion: v1, kind: Endpoints, metadata: {name: a}, subsets: null}', found: [] },
  ])('$name', ({ given, found }) => {
    expect(examine(given).found).toEqual(found);
  });

  test('are normalised', () => {
    const { resources } = examine(
      endpoints('{addresses: [{ip: 10.0.0.1}], notReadyAddresses: [{ip: "2001:db8::1"}], ports: [{name: a, port: 1}]}'),
    );
    expect(resources).toEqual([
      {
        document: 'input.yaml#0',
        namespace: 'default',
        name: 'web',
        kind: 'EndpointSet',
        from: 'Endpoints',
        service: 'web',
        groups: [
          {
            ports: [{ name: 'a', port: 1, protocol: 'TCP' }],
            endpoints: [
              { address: '10.0.0.1', isReady: true },
              { address: '2001:db8::1', isReady: false },
            ],
          },
        ],
        isFromCluster: false,
        isRefused: false,
      },
    ]);
  });

  test.each([
    {
      name: 'the time of the last change',
      metadata: 'name: web, annotations: {endpoints.kubernetes.io/last-change-trigger-time: "2026-01-01T00:00:00Z"}',
    },
    {
      name: 'an address that is a pod',
      subsets: '{addresses: [{ip: 10.0.0.1, targetRef: {kind: Pod, name: web-0}}], ports: [{port: 1}]}',
    },
    {
      name: 'a pod that is not ready',
      subsets: '{notReadyAddresses: [{ip: 10.0.0.1, targetRef: {kind: Pod, name: web-0}}], ports: [{port: 1}]}',
    },
    { name: 'those of the API server itself', metadata: 'name: kubernetes' },
  ])('are known to come from a cluster by $name', ({ metadata = 'name: web', subsets = '' }) => {
    const text = `{apiVersion: v1, kind: Endpoints, metadata: {${metadata}}, subsets: [${subsets}]}`;
    expect(examine(text).resources).toMatchObject([{ isFromCluster: true }]);
  });

  test('that are refused keep their Service from being looked for elsewhere', () => {
    const { resources } = examine(endpoints('{addresses: [{ip: 224.0.0.1}], ports: [{port: 1}]}'));
    expect(resources).toMatchObject([{ service: 'web', groups: [], isRefused: true }]);
  });
});
