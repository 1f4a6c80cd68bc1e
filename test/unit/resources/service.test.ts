import { describe, expect, test } from 'vitest';
import { examine } from './examine.ts';

function service(spec: string, name = 'web'): string {
  return `{apiVersion: v1, kind: Service, metadata: {name: "${name}"}, spec: {${spec}}}`;
}

describe('Services are refused', () => {
  test.each([
    { name: 'without ports', given: service(''), found: ['missing-field spec'] },
    { name: 'without spec', given: '{apiVersion: v1, kind: Service, metadata: {name: a}}', found: ['missing-field'] },
    { name: 'a name with a dot', given: service('ports: [{port: 1}]', 'a.b'), found: ['invalid-name metadata.name'] },
    {
      name: 'a name with a digit first',
      given: service('ports: [{port: 1}]', '1a'),
      found: ['invalid-name metadata.name'],
    },
    { name: 'port 0', given: service('ports: [{port: 0}]'), found: ['invalid-port spec.ports.0.port'] },
    { name: 'a null as port', given: service('ports: [null]'), found: ['invalid-type spec.ports.0'] },
    {
      name: 'target ports',
      given: service('ports: [{name: a, port: 1, targetPort: "8080"}, {name: b, port: 2, targetPort: 65536}]'),
      found: ['invalid-port spec.ports.0.targetPort', 'invalid-port spec.ports.1.targetPort'],
    },
    {
      name: 'two without name',
      given: service('ports: [{port: 1}, {port: 2, name: ""}]'),
      found: ['missing-field spec.ports.0', 'missing-field spec.ports.1.name'],
    },
    {
      name: 'the same name twice',
      given: service('ports: [{port: 1, name: a}, {port: 2, name: a}]'),
      found: ['duplicate-entry spec.ports.1.name'],
    },
    {
      name: 'the same number twice',
      given: service('ports: [{port: 1, name: a}, {port: 1, name: b}]'),
      found: ['duplicate-entry spec.ports.1'],
    },
    {
      name: 'the same node port twice',
      given: service(
        'type: NodePort, ports: [{port: 1, name: a, nodePort: 30000}, {port: 2, name: b, nodePort: 30000}]',
      ),
      found: ['duplicate-entry spec.ports.1.nodePort'],
    },
    {
      name: 'a protocol in lower case',
      given: service('ports: [{port: 1, protocol: tcp}]'),
      found: ['unsupported-value spec.ports.0.protocol'],
    },
    {
      name: 'an unknown type',
      given: service('type: Foo, ports: [{port: 1}]'),
      found: ['unsupported-value spec.type'],
    },
    {
      name: 'a clusterIP that is none',
      given: service('clusterIP: foo, ports: [{port: 1}]'),
      found: ['invalid-address spec.clusterIP'],
    },
    {
      name: 'clusterIPs without clusterIP',
      given: service('clusterIPs: [10.0.0.1], ports: [{port: 1}]'),
      found: ['invalid-address spec.clusterIPs'],
    },
    {
      name: 'a headless NodePort',
      given: service('type: NodePort, clusterIP: None, ports: [{port: 1}]'),
      found: ['forbidden-field spec.clusterIP'],
    },
    {
      name: 'the kubelet port outside',
      given: service('type: LoadBalancer, ports: [{port: 10250}]'),
      found: ['invalid-port spec.ports.0'],
    },
    {
      name: 'external IPs',
      given: service('externalIPs: [127.0.0.1, foo, null], ports: [{port: 1}]'),
      found: [
        'invalid-type spec.externalIPs.2',
        'invalid-address spec.externalIPs.0',
        'invalid-address spec.externalIPs.1',
      ],
    },
    {
      name: 'source ranges',
      given: service(
        'type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 10.0.0.0/33, foo], ports: [{port: 1}]',
      ),
      found: ['invalid-address spec.loadBalancerSourceRanges.1', 'invalid-address spec.loadBalancerSourceRanges.2'],
    },
    {
      name: 'source ranges elsewhere',
      given: service('loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 1}]'),
      found: ['forbidden-field spec.loadBalancerSourceRanges'],
    },
    {
      name: 'a traffic policy inside',
      given: service('externalTrafficPolicy: Local, ports: [{port: 1}]'),
      found: ['forbidden-field spec.externalTrafficPolicy'],
    },
    {
      name: 'a selector',
      given: service('selector: {"a b": c}, ports: [{port: 1}]'),
      found: ['invalid-label spec.selector.a b#'],
    },
    { name: 'no external name', given: service('type: ExternalName'), found: ['missing-field spec'] },
    {
      name: 'an empty external name',
      given: service('type: ExternalName, externalName: ""'),
      found: ['missing-field spec.externalName'],
    },
    {
      name: 'an external name with a cluster IP',
      given: service('type: ExternalName, externalName: a.b, clusterIP: None'),
      found: ['forbidden-field spec.clusterIP'],
    },
    ...[
      '::1',
      'DB.example.com',
      'a_b.example.com',
      'db.example.com:5432',
      'http://db.example.com',
      '*.example.com',
      'a b',
      '-',
      '..',
    ].map(name => ({
      name: `external name ${name}`,
      given: service(`type: ExternalName, externalName: "${name}"`),
      found: [`${name === '::1' ? 'loopback-external-name' : 'invalid-name'} spec.externalName`],
    })),
  ])('$name', ({ given, found }) => {
    const examined = examine(given);
    expect(examined.found).toEqual(found);
    expect(examined.taken).toEqual([]);
  });

  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'db.localhost',
    '127.0.0.1',
    '127.0.0.11',
    '127.1',
    '0x7f.1',
    '0x7F000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:0:0:1',
    '::',
    '[::1]',
    '[::]',
    'localhost.localdomain',
    'localhost4',
    'localhost6.localdomain6',
    'ip6-localhost',
    'ip6-loopback.',
    'lvh.me',
    'app.localtest.me',
    '127.0.0.1.nip.io',
    'app-127-0-0-1.nip.io',
    'app.7f000001.nip.io',
    '--1.sslip.io',
  ])('an external name that leads home: %s', name => {
    const { diagnostics, taken } = examine(service(`type: ExternalName, externalName: "${name}"`));
    expect(diagnostics.map(found => found.rule.name)).toEqual(['loopback-external-name']);
    expect(diagnostics[0]?.message).toContain(`"${name}" is a loopback address`);
    expect(taken).toEqual([]);
  });
});

describe('a Service does not lead to what only its machine may reach', () => {
  const named = (name: string): string => service(`type: ExternalName, externalName: "${name}"`);
  const addressed = (ip: string): string => service(`clusterIP: "${ip}", ports: [{port: 80}]`);

  test.each([
    '169.254.169.254',
    '169.254.43518',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
    'FD00:EC2:0:0:0:0:0:254',
    '[fd00:ec2::254]',
    '169.254.170.2',
    '100.100.100.200',
    '168.63.129.16',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
    'metadata',
    'instance-data',
    '169.254.169.254.nip.io',
    'a9fea9fe.nip.io',
  ])('with the external name of a metadata server: %s', name => {
    const { found, taken } = examine(named(name));
    expect(found).toEqual(['metadata-address spec.externalName']);
    expect(taken).toEqual([]);
  });

  test.each(['169.254.1.1', 'fe80::1', '169.254.20.10.sslip.io'])('with a link-local external name: %s', name => {
    const { found, taken } = examine(named(name));
    expect(found).toEqual(['link-local-address spec.externalName']);
    expect(taken).toEqual([]);
  });

  test.each([
    'metadata.example.com',
    'localhost.example.com',
    '10.0.0.1.nip.io',
    'nip.io',
    '1.2.3.4',
    '127.example.com',
  ])('and may have a name that only looks like one: %s', name => {
    expect(examine(named(name)).found).toEqual([]);
  });

  test.each([
    { ip: '169.254.169.254', found: ['metadata-address spec.clusterIP'], taken: 0 },
    { ip: 'fd00:ec2::254', found: ['metadata-address spec.clusterIP'], taken: 0 },
    { ip: '169.254.1.1', found: ['link-local-address spec.clusterIP'], taken: 0 },
    { ip: '127.0.0.99', found: ['loopback-cluster-ip spec.clusterIP'], taken: 1 },
    { ip: '0.0.0.0', found: ['loopback-cluster-ip spec.clusterIP'], taken: 1 },
    { ip: '10.96.0.1', found: [], taken: 1 },
  ])('with the cluster IP $ip', ({ ip, found, taken }) => {
    const examined = examine(addressed(ip));
    expect(examined.found).toEqual(found);
    expect(examined.taken).toHaveLength(taken);
  });
});

describe('Services are accepted', () => {
  test.each([
    { name: 'target port 0', given: service('ports: [{port: 80, targetPort: 0}]') },
    {
      name: 'equal numbers, other protocols',
      given: service('ports: [{port: 53, name: a}, {port: 53, name: b, protocol: UDP}]'),
    },
    { name: 'a port name of digits', given: service('ports: [{port: 53, name: "80"}]') },
    { name: 'appProtocol with a prefix', given: service('ports: [{port: 53, appProtocol: kubernetes.io/h2c}]') },
    { name: 'headless without ports', given: service('clusterIP: None') },
    {
      name: 'affinity without its settings',
      given: service(
        'sessionAffinity: None, sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}, ports: [{port: 1}]',
      ),
    },
    ...['10.0.0.1', 'db', 'db.example.com.', '127.example.com', '128.1', '1.2.3.4.5', '08'].map(name => ({
      name: `external name ${name}`,
      given: service(`type: ExternalName, externalName: "${name}", ports: [{port: 1}]`),
    })),
    { name: 'an external name that nobody reads', given: service('externalName: "A b", ports: [{port: 1}]') },
    {
      name: 'all fields of a new cluster',
      given: service(
        'type: LoadBalancer, clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, "fd00::1"], ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack, internalTrafficPolicy: Cluster, externalTrafficPolicy: Local, healthCheckNodePort: 31000, allocateLoadBalancerNodePorts: true, loadBalancerClass: a/b, loadBalancerIP: x, trafficDistribution: PreferClose, publishNotReadyAddresses: false, sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}}, ports: [{port: 80, targetPort: http, nodePort: 30080, protocol: TCP, appProtocol: http}]',
      ),
    },
  ])('$name', ({ given }) => {
    const examined = examine(given);
    expect(examined.found).toEqual([]);
    expect(examined.taken).toHaveLength(1);
  });

  test('and normalised', () => {
    const { resources } = examine(
      service(
        'type: NodePort, clusterIP: 10.0.0.1, ports: [{port: 80, targetPort: 0, name: a, nodePort: 0}, {port: 81, targetPort: http, protocol: UDP, name: b, nodePort: 30081}, {port: 82, name: c, nodePort: 70000}]',
      ),
    );
    expect(resources).toEqual([
      {
        document: 'input.yaml#0',
        namespace: 'default',
        name: 'web',
        kind: 'Service',
        type: 'NodePort',
        clusterIP: '10.0.0.1',
        externalName: undefined,
        ports: [
          { name: 'a', port: 80, targetPort: undefined, nodePort: undefined, protocol: 'TCP' },
          { name: 'b', port: 81, targetPort: 'http', nodePort: 30_081, protocol: 'UDP' },
          { name: 'c', port: 82, targetPort: undefined, nodePort: undefined, protocol: 'TCP' },
        ],
        hasSelector: false,
        isRefused: false,
      },
    ]);
  });

  test('with a selector or without', () => {
    const selected = examine(service('selector: {app: web}, ports: [{port: 80}]'));
    expect(selected.resources).toMatchObject([{ hasSelector: true }]);
    expect(examine(service('selector: {}, ports: [{port: 80}]')).resources).toMatchObject([{ hasSelector: false }]);
  });

  test('or refused, and then known by name alone', () => {
    expect(examine(service('clusterIP: nonsense, ports: [{port: 80}]')).resources).toMatchObject([
      { name: 'web', ports: [], clusterIP: undefined, isRefused: true },
    ]);
  });
});
