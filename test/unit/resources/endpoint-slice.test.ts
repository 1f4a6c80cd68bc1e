import { describe, expect, test } from 'vitest';
import { examine } from './examine.ts';

function slice(rest: string, apiVersion = 'discovery.k8s.io/v1'): string {
  return `{apiVersion: ${apiVersion}, kind: EndpointSlice, metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}, ${rest}}`;
}

describe('EndpointSlices', () => {
  const of = (type: string, address: string) => slice(`addressType: ${type}, endpoints: [{addresses: ["${address}"]}]`);
  const many = (count: number, entry: string) =>
    Array.from({ length: count }, (_, index) => entry.replace('N', `${index}`)).join(', ');
  test.each([
    { name: 'no type', given: slice('endpoints: []'), found: ['missing-field'] },
    { name: 'a type of old', given: slice('addressType: IP, endpoints: []'), found: ['unsupported-value addressType'] },
    { name: 'IPv6 as IPv4', given: of('IPv4', '2001:db8::1'), found: ['invalid-address endpoints.0.addresses.0'] },
    { name: 'IPv4 as IPv6', given: of('IPv6', '10.0.0.1'), found: ['invalid-address endpoints.0.addresses.0'] },
    {
      name: 'text as IPv4',
      given: of('IPv4', 'unix:/var/run/docker.sock'),
      found: ['invalid-address endpoints.0.addresses.0'],
    },
    { name: 'localhost as IPv4', given: of('IPv4', 'localhost'), found: ['invalid-address endpoints.0.addresses.0'] },
    { name: 'one label as FQDN', given: of('FQDN', 'db'), found: ['invalid-address endpoints.0.addresses.0'] },
    {
      name: 'upper case as FQDN',
      given: of('FQDN', 'A.example.com'),
      found: ['invalid-address endpoints.0.addresses.0'],
    },
    {
      name: 'no addresses',
      given: slice('addressType: IPv4, endpoints: [{addresses: []}, {}, null]'),
      found: ['missing-field endpoints.0.addresses', 'missing-field endpoints.1', 'invalid-type endpoints.2'],
    },
    {
      name: 'too many addresses',
      given: slice(`addressType: IPv4, endpoints: [{addresses: [${many(101, '10.0.0.N')}]}]`),
      found: ['too-large endpoints.0.addresses'],
    },
    {
      name: 'too many endpoints',
      given: slice(`addressType: IPv4, endpoints: [${many(1001, '{addresses: [10.0.0.1]}')}]`),
      found: ['too-large endpoints'],
    },
    {
      name: 'too many ports',
      given: slice(`addressType: IPv4, ports: [${many(101, '{name: pN}')}]`),
      found: ['too-large ports'],
    },
    {
      name: 'two ports without name',
      given: slice('addressType: IPv4, ports: [{port: 1}, {port: 2}]'),
      found: ['duplicate-entry ports.1'],
    },
    {
      name: 'topology',
      given: slice(
        `addressType: IPv4, endpoints: [{addresses: [10.0.0.1], topology: {"a b": c, ${many(16, 'kN: v')}}}]`,
        'discovery.k8s.io/v1beta1',
      ),
      found: ['invalid-label endpoints.0.topology.a b#', 'too-large endpoints.0.topology'],
    },
    {
      name: 'topology in v1',
      given: slice('addressType: IPv4, endpoints: [{addresses: [10.0.0.1], topology: {}}]'),
      found: ['unknown-field endpoints.0.topology#'],
    },
    { name: 'loopback', given: of('IPv4', '127.0.0.1'), found: ['loopback-endpoint endpoints.0.addresses.0'] },
    {
      name: 'a metadata server',
      given: of('IPv4', '169.254.169.254'),
      found: ['metadata-address endpoints.0.addresses.0'],
    },
    { name: 'one of IPv6', given: of('IPv6', 'fd00:ec2::254'), found: ['metadata-address endpoints.0.addresses.0'] },
    {
      name: 'one by name',
      given: of('FQDN', 'metadata.google.internal'),
      found: ['metadata-address endpoints.0.addresses.0'],
    },
    { name: 'link-local', given: of('IPv4', '169.254.1.1'), found: ['link-local-address endpoints.0.addresses.0'] },
    { name: 'the unspecified address', given: of('IPv6', '::'), found: ['loopback-endpoint endpoints.0.addresses.0'] },
    {
      name: 'a loopback name',
      given: of('FQDN', 'db.localhost'),
      found: ['loopback-endpoint endpoints.0.addresses.0'],
    },
    ...[
      ['IPv4', '::ffff:10.0.0.1'],
      ['FQDN', '10.0.0.1'],
      ['FQDN', 'db.example.com.'],
    ].map(([type = '', address = '']) => ({ name: `${type} ${address}`, given: of(type, address), found: [] })),
    {
      name: 'any port number',
      given: slice(
        'addressType: IPv4, endpoints: null, ports: [{name: a, port: 0}, {name: b, port: 65536}, {name: c}, null]',
      ),
      found: [],
    },
  ])('$name', ({ given, found }) => {
    expect(examine(given).found).toEqual(found);
  });

  test('are normalised; an absent condition means ready', () => {
    const { resources } = examine(
      slice(
        'addressType: IPv4, ports: [{name: "", port: 80}, {name: all}], endpoints: [{addresses: [10.0.0.1, 10.0.0.2], hints: {forZones: [{name: a}]}, zone: a}, {addresses: [10.0.0.3], conditions: {ready: false, serving: true}}]',
      ),
    );
    expect(resources).toEqual([
      {
        document: 'input.yaml#0',
        namespace: 'default',
        name: 'web-1',
        kind: 'EndpointSet',
        from: 'EndpointSlice',
        service: 'web',
        groups: [
          {
            ports: [
              { name: undefined, port: 80, protocol: 'TCP' },
              { name: 'all', port: undefined, protocol: 'TCP' },
            ],
            endpoints: [
              { address: '10.0.0.1', isReady: true },
              { address: '10.0.0.2', isReady: true },
              { address: '10.0.0.3', isReady: false },
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
      name: 'its label',
      given: 'addressType: IPv4',
      labels: ', endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io',
    },
    {
      name: 'the label of a mirror',
      given: 'addressType: IPv4',
      labels: ', endpointslice.kubernetes.io/managed-by: endpointslicemirroring-controller.k8s.io',
    },
    { name: 'a name that was generated', given: 'addressType: IPv4', metadata: 'web-x7k2p' },
    {
      name: 'an endpoint that is a pod',
      given: 'addressType: IPv4, endpoints: [{addresses: [10.0.0.1], targetRef: {kind: Pod, name: web-0}}]',
    },
    { name: 'the slice of the API server itself', given: 'addressType: IPv4', metadata: 'kubernetes' },
  ])('are known to come from a cluster by $name', ({ given, labels = '', metadata = 'web-1' }) => {
    const head = `name: ${metadata}, labels: {kubernetes.io/service-name: web${labels}}`;
    const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {${head}}, ${given}}`;
    expect(examine(text).resources).toMatchObject([{ isFromCluster: true }]);
  });

  test.each(['web-1', 'web-x7k2', 'web-x7k2pp', 'web-hello', 'nas-x7k2p'])('may have been named %s by hand', name => {
    const head = `name: ${name}, labels: {kubernetes.io/service-name: web}`;
    const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {${head}}, addressType: IPv4}`;
    expect(examine(text).resources).toMatchObject([{ isFromCluster: false }]);
  });
});
