import { describe, expect, test } from 'vitest';

import { indexCluster } from '../../../src/cluster/cluster.ts';
import { reach } from '../../../src/compile/backends.ts';
import type { CompileSettings } from '../../../src/compile/settings.ts';
import type { Resource, Service } from '../../../src/resources/model.ts';
import {
  appOf,
  compiled,
  configMapOf,
  endpointsOf,
  ingressOf,
  serviceOf,
  settingsOf,
} from '../../support/resources.ts';

function external(externalName: string, id = 'web'): Service {
  return serviceOf(id, [], { type: 'ExternalName', externalName });
}

/** Where port 80 of `shop/web` leads to, as text, and the rule that it breaks. */
function reached(resources: readonly Resource[], settings: Partial<CompileSettings> = {}) {
  const { peers, finding } = reach(
    { namespace: 'shop', service: 'web', port: { number: 80 } },
    indexCluster(resources, () => undefined),
    settingsOf(settings),
  );
  const rule = finding?.rule.name;
  if (peers === undefined) return { to: 'nowhere', rule };
  if (peers.kind !== 'addresses') return { to: `${peers.kind} ${peers.host}:${peers.port}`, rule };
  return { to: peers.addresses.map(({ address, port }) => `${address} ${port}`).join(', '), rule };
}

const kubeDns = serviceOf('kube-system/kube-dns', ['dns:53/UDP'], { clusterIP: '10.43.0.10' });
const localNames = new Map([['nas.local', ['192.0.2.7', '2001:db8::7']]]);

describe('the name of an ExternalName Service', () => {
  const late = 'name-at-request nas.local:80';
  test.each<{
    name: string;
    settings: Partial<CompileSettings>;
    given?: readonly Resource[];
    to: string;
    rule?: string;
  }>([
    { name: 'is looked up while requests are served', settings: {}, to: late },
    { name: 'is looked up at the server that is named', settings: { resolvers: ['192.0.2.53'], localNames }, to: late },
    { name: 'is looked up at the cluster DNS of the input', given: [kubeDns], settings: { localNames }, to: late },
    {
      name: 'has the addresses of the hosts file of the machine',
      settings: { localNames, machineResolvers: ['192.0.2.1'] },
      to: '192.0.2.7 80, 2001:db8::7 80',
      rule: 'name-from-hosts-file',
    },
    {
      name: 'is looked up at the servers of the machine that serves',
      settings: { machineResolvers: ['192.0.2.1'], backendAddress: 'node-port', nodeAddresses: ['192.0.2.9'] },
      to: late,
    },
    {
      name: 'leads nowhere for an nginx outside of the cluster, which knows no server',
      given: [kubeDns],
      settings: { backendAddress: 'node-port', nodeAddresses: ['192.0.2.9'] },
      to: 'nowhere',
      rule: 'no-resolver',
    },
    {
      name: 'leads nowhere for port-forward, likewise',
      settings: { backendAddress: 'port-forward' },
      to: 'nowhere',
      rule: 'no-resolver',
    },
  ])('$name', ({ settings, given = [], to, rule }) => {
    expect(reached([external('nas.local'), ...given], settings)).toEqual({ to, rule });
  });
});

describe('the DNS servers of a routing are', () => {
  const ingress = ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } });
  const assumed =
    'assumed-external-resolver: the external name of the Service shop/web is looked up at 10.96.0.10, the usual address of the cluster DNS';
  test.each<{
    name: string;
    settings?: Partial<CompileSettings>;
    given?: readonly Resource[];
    resolvers: readonly string[];
    lines?: readonly string[];
  }>([
    { name: 'the usual one, which is said', resolvers: ['10.96.0.10'], lines: [assumed] },
    { name: 'those of the flag', settings: { resolvers: ['192.0.2.53'] }, resolvers: ['192.0.2.53'] },
    { name: 'that of the cluster', given: [kubeDns], resolvers: ['10.43.0.10'] },
    { name: 'those of the machine', settings: { machineResolvers: ['192.0.2.1'] }, resolvers: ['192.0.2.1'] },
    {
      name: 'none that are not needed',
      settings: { machineResolvers: ['192.0.2.1'], localNames: new Map([['db.acme.io', ['192.0.2.7']]]) },
      resolvers: [],
      lines: [expect.stringMatching(/^name-from-hosts-file: .*: 192\.0\.2\.7 is used/)] as string[],
    },
  ])('$name', ({ settings = {}, given = [], resolvers, lines = [] }) => {
    const run = compiled([ingress, external('db.acme.io'), ...given], settings);
    expect(run.routing.resolvers).toEqual(resolvers);
    expect(run.lines).toEqual(lines);
  });

  test('that of the cluster for a name of a Service, whatever the machine has', () => {
    const both = ingressOf({
      hosts: {
        'a.io': [
          ['/', 'web:80'],
          ['/b', 'blog:80'],
        ],
      },
    });
    const { routing } = compiled([both, external('db.acme.io'), serviceOf('blog')], {
      machineResolvers: ['192.0.2.1'],
    });
    expect(routing.resolvers).toEqual(['10.96.0.10']);
  });
});

describe('an external name that is a name of the cluster', () => {
  const blog = appOf('blog/blog', '10.0.0.5').map(each =>
    each.kind === 'Service' ? { ...each, ports: serviceOf('x', ['80->8080', '8080']).ports } : each,
  );
  test.each<{
    name: string;
    host: string;
    given?: readonly Resource[];
    settings?: Partial<CompileSettings>;
    to: string;
    rule?: string;
  }>([
    { name: 'leads where that Service leads', host: 'blog.blog.svc.cluster.local', given: blog, to: '10.0.0.5 8080' },
    { name: 'may end in a dot', host: 'blog.blog.svc.cluster.local.', given: blog, to: '10.0.0.5 8080' },
    { name: 'may leave the domain out', host: 'blog.blog.svc', given: blog, to: '10.0.0.5 8080' },
    {
      name: 'has the domain of the settings',
      host: 'blog.blog.svc.acme.io',
      given: blog,
      settings: { clusterDomain: 'acme.io' },
      to: '10.0.0.5 8080',
    },
    {
      name: 'leads to the node port of that Service',
      host: 'blog.blog.svc.cluster.local',
      given: [serviceOf('blog/blog', ['80@30080'])],
      settings: { backendAddress: 'node-port', nodeAddresses: ['192.0.2.9'] },
      to: '192.0.2.9 30080',
    },
    {
      name: 'leads to a forward to that Service, be it in the input or not',
      host: 'blog.blog.svc.cluster.local',
      settings: { backendAddress: 'port-forward', forwards: new Map([['blog/blog:80', 20_080]]) },
      to: '127.0.0.1 20080',
    },
    {
      name: 'needs the Service for a node port',
      host: 'blog.blog.svc.cluster.local',
      settings: { backendAddress: 'node-port', nodeAddresses: ['192.0.2.9'] },
      to: 'nowhere',
      rule: 'missing-service',
    },
    {
      name: 'is looked up where the Service is not in the input',
      host: 'blog.blog.svc.cluster.local',
      to: 'name-at-request blog.blog.svc.cluster.local:80',
    },
    {
      name: 'is looked up where it is the name of a pod',
      host: 'db-0.db.shop.svc.cluster.local',
      to: 'name-at-request db-0.db.shop.svc.cluster.local:80',
    },
    {
      name: 'leads nowhere without a namespace',
      host: 'blog.svc.cluster.local',
      to: 'nowhere',
      rule: 'external-name-leads-nowhere',
    },
    {
      name: 'leads nowhere if it is its own',
      host: 'web.shop.svc.cluster.local',
      to: 'nowhere',
      rule: 'external-name-leads-nowhere',
    },
    {
      name: 'may lead to another external name',
      host: 'next.shop.svc.cluster.local',
      given: [external('198.51.100.7', 'next')],
      to: '198.51.100.7 80',
    },
    {
      name: 'leads nowhere if others lead back to it',
      host: 'next.shop.svc.cluster.local',
      given: [external('web.shop.svc.cluster.local', 'next')],
      to: 'nowhere',
      rule: 'external-name-leads-nowhere',
    },
    {
      name: 'needs the port of that Service',
      host: 'blog.blog.svc.cluster.local',
      given: [serviceOf('blog/blog', ['443'])],
      to: 'nowhere',
      rule: 'missing-service-port',
    },
    {
      name: 'leads nowhere if that Service was refused',
      host: 'blog.blog.svc.cluster.local',
      given: [serviceOf('blog/blog', [], { isRefused: true })],
      to: 'nowhere',
    },
  ])('$name', ({ host, given = [], settings = {}, to, rule }) => {
    expect(reached([external(host), ...given], settings)).toEqual({ to, rule });
  });

  test('without a namespace is said with the way to write it', () => {
    const { found } = compiled([
      ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }),
      external('blog.svc.cluster.local'),
    ]);
    expect(found).toMatchObject([
      {
        message:
          'the Service shop/web is an alias for "blog.svc.cluster.local", which is not a Service: the namespace is missing',
        help: 'write it as blog.NAMESPACE.svc.cluster.local',
      },
    ]);
  });
});

describe('a TCP or UDP port leads to an external name', () => {
  const flags = { tcpServicesConfigMap: 'shop/tcp', udpServicesConfigMap: 'shop/udp' };
  const maps = [configMapOf('tcp', { '9000': 'shop/web:80' }), configMapOf('udp', { '53': 'shop/web:dns' })];
  const web = serviceOf('web', ['80', 'dns:53/UDP'], { type: 'ExternalName', externalName: 'db.acme.io' });

  test('that is looked up for each connection', () => {
    const { routing, lines } = compiled([ingressOf(), web, ...maps], flags);
    expect(routing.streams.map(({ peers }) => peers)).toEqual([
      { kind: 'name-at-request', host: 'db.acme.io', port: 80 },
      { kind: 'name-at-request', host: 'db.acme.io', port: 53 },
    ]);
    expect(routing.resolvers).toEqual(['10.96.0.10']);
    expect(lines).toEqual([
      expect.stringMatching(/^assumed-external-resolver: .* of the Service shop\/web is looked up/),
    ]);
  });

  test('that is in the hosts file of the machine, and said', () => {
    const { routing, lines } = compiled([ingressOf(), web, maps[0] ?? web], {
      tcpServicesConfigMap: 'shop/tcp',
      localNames: new Map([['db.acme.io', ['192.0.2.7']]]),
    });
    expect(routing.streams.map(({ peers }) => peers)).toEqual([
      { kind: 'addresses', via: 'address', addresses: [{ address: '192.0.2.7', port: 80 }] },
    ]);
    expect(lines).toEqual([expect.stringMatching(/^name-from-hosts-file: /)]);
  });
});

test('endpoints that are host names are said to be so', () => {
  const given = [
    ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }),
    serviceOf('web'),
    endpointsOf('web', ['80'], ['pod.acme.io']),
  ];
  expect(compiled(given).lines).toEqual([
    'no-ready-endpoints: the endpoints of the Service shop/web are host names, which are not looked up',
  ]);
});

describe('the host of a URL', () => {
  const web = serviceOf('auth/verify', ['web:80', '8080'], { clusterIP: '10.96.0.7' });

  function ofHost(host: string, given: readonly Resource[] = [], settings: Partial<CompileSettings> = {}) {
    const world = indexCluster(given, () => undefined);
    const { peers, finding, assumptions } = reach({ host, port: 80 }, world, settingsOf(settings));
    const to = peers?.kind === 'addresses' ? peers.addresses.map(({ address, port }) => `${address} ${port}`) : peers;
    return { to, rule: finding?.rule.name, message: finding?.message, assumptions };
  }

  test.each([
    { name: 'an address is taken as it is', host: '192.0.2.7', to: ['192.0.2.7 80'] },
    { name: 'the name of a Service is that Service', host: 'verify.auth.svc.cluster.local', to: ['10.96.0.7 80'] },
    { name: 'be it without the domain', host: 'verify.auth.svc', to: ['10.96.0.7 80'] },
    { name: 'the hosts file of the machine counts', host: 'nas.local', to: ['192.0.2.7 80', '2001:db8::7 80'] },
  ])('$name', ({ host, to }) => {
    expect(ofHost(host, [web], { localNames })).toMatchObject({ to });
  });

  test.each([
    { host: 'auth.example.com', assumptions: ['host-name'] },
    { host: 'other.auth.svc.cluster.local', assumptions: ['service-name'] },
  ])('$host is looked up while requests are served', ({ host, assumptions }) => {
    expect(ofHost(host, [web])).toMatchObject({ to: { kind: 'name-at-request', host, port: 80 }, assumptions });
  });

  test.each([
    { host: 'auth.invalid', message: 'the host is "auth.invalid", but names in .invalid never resolve' },
    {
      host: 'verify.svc.cluster.local',
      message: 'the host is "verify.svc.cluster.local", which is not a Service: the namespace is missing',
    },
  ])('$host leads nowhere', ({ host, message }) => {
    expect(ofHost(host, [web])).toMatchObject({ to: undefined, message });
  });

  test('without a DNS server out of the cluster leads nowhere', () => {
    expect(ofHost('auth.example.com', [], { backendAddress: 'node-port' })).toMatchObject({
      to: undefined,
      message: 'no DNS server is known for looking up "auth.example.com"',
    });
  });

  test('is said to be looked up at the usual address', () => {
    const auth = { 'auth-url': 'http://auth.example.com/' };
    const { lines } = compiled([
      ...appOf('web'),
      ingressOf({ annotations: auth, hosts: { 'a.io': [['/', 'web:80']] } }),
    ]);
    expect(lines).toContain(
      'assumed-external-resolver: the host auth.example.com is looked up at 10.96.0.10, the usual address of the cluster DNS',
    );
  });
});
