import { describe, expect, test } from 'vitest';

import { indexCluster } from '../../../src/cluster/cluster.ts';
import { compile } from '../../../src/compile/compile.ts';
import { reach } from '../../../src/compile/backends.ts';
import type { CompileSettings } from '../../../src/compile/settings.ts';
import type { PortRef, Resource } from '../../../src/resources/model.ts';
import {
  appOf,
  compiled,
  endpointsOf,
  ingressOf,
  reported,
  serviceOf,
  settingsOf,
  sliceOf,
} from '../../support/resources.ts';

/** Where a backend of `shop/web` leads to, as text, and the rule that it breaks. */
function reached(resources: readonly Resource[], port: PortRef, settings: Partial<CompileSettings> = {}) {
  const backend = { namespace: 'shop', service: 'web', port };
  const { peers, finding } = reach(
    backend,
    indexCluster(resources, () => undefined),
    settingsOf(settings),
  );
  const rule = finding?.rule.name;
  if (peers === undefined) return { to: 'nowhere', rule };
  if (peers.kind !== 'addresses') return { to: `${peers.kind} ${peers.host}:${peers.port}`, rule };
  return { to: peers.addresses.map(({ address, port: number }) => `${address} ${number}`), rule };
}

const WEB = { number: 80 };
const slice = sliceOf('web', ['http:8080'], ['10.0.0.1']);
const elsewhere = sliceOf('other', ['8080'], ['10.9.9.9']);
const external = (ports: readonly string[], externalName = 'db.acme.io') =>
  serviceOf('web', ports, { type: 'ExternalName', externalName });

describe('a port of a Service is meant by', () => {
  const two = [
    serviceOf('web', ['http:80->8080', 'admin:9000->adm']),
    sliceOf('web', ['http:8080', 'admin:9001'], ['10.0.0.1']),
  ];
  test.each<{ name: string; port: PortRef; to: unknown; rule?: string }>([
    { name: 'its number', port: { number: 80 }, to: ['10.0.0.1 8080'] },
    { name: 'its name', port: { name: 'admin' }, to: ['10.0.0.1 9001'] },
    { name: 'its target port, as a number', port: { number: 8080 }, to: ['10.0.0.1 8080'] },
    { name: 'its target port, as a name', port: { name: 'adm' }, to: ['10.0.0.1 9001'] },
    { name: 'no other number', port: { number: 81 }, to: 'nowhere', rule: 'missing-service-port' },
    { name: 'no other name', port: { name: 'undefined' }, to: 'nowhere', rule: 'missing-service-port' },
  ])('$name', ({ port, to, rule }) => {
    expect(reached(two, port)).toEqual({ to, rule });
  });

  test('no word that stands for a missing target port', () => {
    const resources = [serviceOf('web', ['80']), slice];
    expect(reached(resources, { name: 'undefined' })).toEqual({ to: 'nowhere', rule: 'missing-service-port' });
  });

  test('its number, if it is a TCP port', () => {
    const resources = [
      serviceOf('web', ['dns-udp:53->5353/UDP', 'dns:53->5354']),
      sliceOf('web', ['dns-udp:5353/UDP', 'dns:5354'], ['10.0.0.1']),
    ];
    expect(reached(resources, { number: 53 })).toEqual({ to: ['10.0.0.1 5354'], rule: undefined });
  });
});

describe('endpoints', () => {
  test.each([
    { name: 'of a slice', given: [serviceOf('web', ['http:80']), slice], to: ['10.0.0.1 8080'] },
    {
      name: 'of Endpoints',
      given: [serviceOf('web', ['http:80']), endpointsOf('web', ['http:8080'], ['10.0.0.1'])],
      to: ['10.0.0.1 8080'],
    },
    {
      name: 'of several slices and Endpoints, each once and in order',
      given: [
        serviceOf('web', ['http:80']),
        sliceOf('web', ['http:8080'], ['10.0.0.3', '10.0.0.1']),
        sliceOf('web', ['http:8080'], ['10.0.0.2', '10.0.0.1'], '-b'),
        endpointsOf('web', ['http:8080'], ['10.0.0.1']),
      ],
      to: ['10.0.0.1 8080', '10.0.0.2 8080', '10.0.0.3 8080'],
    },
    {
      name: 'that are ready only',
      given: [serviceOf('web', ['http:80']), sliceOf('web', ['http:8080'], ['-10.0.0.1', '10.0.0.2'])],
      to: ['10.0.0.2 8080'],
    },
    {
      name: 'of all TCP ports for a Service port without name',
      given: [serviceOf('web', ['80']), sliceOf('web', ['a:8080', 'b:8081', 'c:53/UDP'], ['10.0.0.1'])],
      to: ['10.0.0.1 8080', '10.0.0.1 8081'],
    },
    {
      name: 'at the target port, where no port of the slice has the name',
      given: [serviceOf('web', ['http:80->8080']), sliceOf('web', ['9999'], ['10.0.0.1'])],
      to: ['10.0.0.1 8080'],
    },
    {
      name: 'at the port, where the Service says no target port and no port of the slice has the name',
      given: [serviceOf('web', ['http:80']), sliceOf('web', ['9999'], ['10.0.0.1'])],
      to: ['10.0.0.1 80'],
    },
    {
      name: 'at the target port, where the slice has no ports',
      given: [serviceOf('web', ['http:80->8080']), sliceOf('web', [], ['10.0.0.1'])],
      to: ['10.0.0.1 8080'],
    },
    {
      name: 'at the target port, where the slice means every port',
      given: [serviceOf('web', ['http:80->8080']), sliceOf('web', ['any'], ['10.0.0.1'])],
      to: ['10.0.0.1 8080'],
    },
    {
      name: 'of IPv6',
      given: [serviceOf('web', ['http:80']), sliceOf('web', ['http:8080'], ['fd00::1'])],
      to: ['fd00::1 8080'],
    },
    {
      name: 'that are addresses only, since nginx would not start without a name',
      given: [serviceOf('web', ['http:80']), sliceOf('web', ['http:8080'], ['pod.acme.io', '10.0.0.1'])],
      to: ['10.0.0.1 8080'],
    },
  ])('$name', ({ given, to }) => {
    expect(reached(given, WEB)).toEqual({ to, rule: undefined });
    expect(reached(given.toReversed(), WEB)).toEqual({ to, rule: undefined });
  });

  test.each([
    { name: 'none is ready', given: [serviceOf('web', ['http:80']), sliceOf('web', ['http:8080'], ['-10.0.0.1'])] },
    { name: 'only other Services have some', given: [serviceOf('web', ['http:80']), elsewhere] },
    {
      name: 'their port has another name and the target port is a name, too',
      given: [serviceOf('web', ['http:80->web']), sliceOf('web', ['admin:9000'], ['10.0.0.1'])],
    },
    {
      name: 'the slice has no ports and the target port is a name',
      given: [serviceOf('web', ['http:80->web']), sliceOf('web', [], ['10.0.0.1'])],
    },
    {
      name: 'they speak UDP',
      given: [serviceOf('web', ['http:80->8080']), sliceOf('web', ['http:8080/UDP'], ['10.0.0.1'])],
    },
    {
      name: 'only slices of no Service have some',
      given: [serviceOf('web', ['80'], { clusterIP: '10.96.0.7' }), { ...elsewhere, service: undefined }],
    },
  ])('lead nowhere where $name', ({ given }) => {
    expect(reached(given, WEB)).toEqual({ to: 'nowhere', rule: 'no-ready-endpoints' });
  });
});

describe('without a Service object, endpoints are chosen', () => {
  const two = endpointsOf('web', ['http:8080', 'admin:9000'], ['10.0.0.1']);
  const named = { name: 'admin' };
  test.each([
    { name: 'by port name', given: [two], port: named, to: ['10.0.0.1 9000'] },
    { name: 'by port number', given: [two], port: { number: 8080 }, to: ['10.0.0.1 8080'] },
    { name: 'as they have only one port', given: [slice], port: WEB, to: ['10.0.0.1 8080'] },
    {
      name: 'as they have only one TCP port',
      given: [sliceOf('web', ['http:8080', 'dns:53/UDP'], ['10.0.0.1'])],
      port: WEB,
      to: ['10.0.0.1 8080'],
    },
    {
      name: 'not at all if several ports could be meant',
      given: [two],
      port: WEB,
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
    {
      name: 'not at all if none is ready',
      given: [sliceOf('web', ['http:8080'], ['-10.0.0.1'])],
      port: WEB,
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
  ])('$name', ({ given, port, to, rule }) => {
    expect(reached(given, port)).toEqual({ to, rule });
  });
});

describe('where the input holds no endpoints at all', () => {
  const dns = 'name-at-request web.shop.svc.cluster.local';
  test.each([
    {
      name: 'the cluster IP is taken',
      given: serviceOf('web', ['80->8080'], { clusterIP: '10.96.0.7' }),
      to: ['10.96.0.7 80'],
    },
    { name: 'an IPv6 one, too', given: serviceOf('web', ['80'], { clusterIP: 'fd00::7' }), to: ['fd00::7 80'] },
    { name: 'without one the DNS name is', given: serviceOf('web', ['80->8080']), to: `${dns}:80` },
    {
      name: 'a headless Service leads to its pods, so that the target port counts',
      given: serviceOf('web', ['80->8080'], { clusterIP: 'None' }),
      to: `${dns}:8080`,
    },
    {
      name: 'a headless Service with a named target port has its own port only',
      given: serviceOf('web', ['80->web'], { clusterIP: 'None' }),
      to: `${dns}:80`,
    },
    {
      name: 'a port that is not there leads nowhere',
      given: serviceOf('web', ['81']),
      to: 'nowhere',
      rule: 'missing-service-port',
    },
  ])('$name', ({ given, to, rule }) => {
    expect(reached([given], WEB)).toEqual({ to, rule });
  });

  test('the DNS name has the domain of the settings', () => {
    const { to } = reached([serviceOf('web')], WEB, { clusterDomain: 'k8s.acme.io' });
    expect(to).toBe('name-at-request web.shop.svc.k8s.acme.io:80');
  });
});

describe('a Service that is not in the input', () => {
  const elsewhereName = 'name-at-request web.shop.svc.cluster.local:80';
  test.each([
    { name: 'leads nowhere in a dump of a cluster', given: [elsewhere], to: 'nowhere', rule: 'missing-service' },
    { name: 'is reached by name in a repository that has others', given: [serviceOf('other')], to: elsewhereName },
    {
      name: 'is reached by name beside endpoints that are written by hand',
      given: [serviceOf('nas', ['80'], { hasSelector: false }), endpointsOf('nas', ['80'], ['192.0.2.10'])],
      to: elsewhereName,
    },
    { name: 'is reached by name in an input without Services and endpoints', given: [], to: elsewhereName },
  ])('$name', ({ given, to, rule }) => {
    expect(reached(given, WEB)).toEqual({ to, rule });
  });

  test('cannot be reached by name where only the name of its port is known', () => {
    expect(reached([], { name: 'http' })).toEqual({ to: 'nowhere', rule: 'missing-service' });
  });

  test('leads nowhere in a cluster that is watched, whatever it holds', () => {
    const { lines } = compiled([ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } })], { isCluster: true });
    expect(lines).toEqual(['missing-service: the Service shop/web is not in the input']);
  });
});

describe('beside endpoints that are written by hand', () => {
  const nas = [serviceOf('nas', ['80'], { hasSelector: false }), endpointsOf('nas', ['80'], ['192.0.2.10'])];
  const dns = 'name-at-request web.shop.svc.cluster.local:80';
  test.each([
    { name: 'a Service with a selector is reached as without them', given: [serviceOf('web')], to: dns },
    {
      name: 'its cluster IP is taken, if it has one',
      given: [serviceOf('web', ['80'], { clusterIP: '10.96.0.7' })],
      to: ['10.96.0.7 80'],
    },
    {
      name: 'a Service without selector is, too',
      given: [serviceOf('web', ['80'], { hasSelector: false })],
      to: dns,
    },
    {
      name: 'a Service whose own endpoints are empty leads nowhere',
      given: [serviceOf('web', ['80'], { hasSelector: false }), endpointsOf('web', [], [])],
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
    {
      name: 'a Service without endpoints leads nowhere if another one with a selector has some',
      given: [serviceOf('web'), serviceOf('db'), endpointsOf('db', ['80'], ['10.0.0.9'])],
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
  ])('$name', ({ given, to, rule }) => {
    expect(reached([...nas, ...given], WEB)).toEqual({ to, rule });
  });

  test('it is said once that others are reached in another way', () => {
    const hosts = { 'a.io': [['/', 'web:80']], 'b.io': [['/', 'blog:80']], 'c.io': [['/', 'nas:80']] } as const;
    const services = ['web', 'blog'].map(name => serviceOf(name, ['80'], { clusterIP: '10.96.0.7' }));
    const { lines, found } = compiled([ingressOf({ hosts }), ...nas, ...services]);
    expect(lines).toEqual([
      'hand-made-endpoints: the endpoints in the input are written by hand: 2 Services (shop/web and shop/blog) are reached by cluster IP or DNS name',
    ]);
    expect(found[0]?.help).toContain('--backend-address');
  });
});

describe('a repository that lacks Services', () => {
  const hosts = {
    'a.io': [
      ['/', 'web:80'],
      ['/b', 'blog:80'],
      ['/c', 'cart:80'],
      ['/d', 'db:80'],
      ['/e', 'here:80'],
    ],
  } as const;

  test('says so once, where it has others', () => {
    const { lines, found } = compiled([ingressOf({ hosts }), serviceOf('here')], { resolvers: ['192.0.2.53'] });
    expect(lines).toEqual([
      'service-elsewhere: 4 Services (shop/db, shop/cart, shop/blog and 1 more) are not in the input, and are reached by DNS name',
    ]);
    expect(found[0]?.help).toContain('--backend-address');
  });

  test('says nothing of it where it has none', () => {
    expect(compiled([ingressOf({ hosts })], { resolvers: ['192.0.2.53'] }).lines).toEqual([]);
  });
});

describe('an object that was refused', () => {
  const refused = serviceOf('web', [], { isRefused: true });
  const emptied = { ...endpointsOf('web', [], []), isRefused: true };
  test.each([
    { name: 'keeps its Service closed, without another word', given: [refused] },
    {
      name: 'keeps the Service of its endpoints closed',
      given: [serviceOf('web', ['80'], { clusterIP: '10.96.0.7' }), emptied],
    },
    { name: 'keeps endpoints without Service closed', given: [emptied] },
  ])('$name', ({ given }) => {
    expect(reached(given, WEB)).toEqual({ to: 'nowhere', rule: undefined });
  });
});

describe('a Service with many ports and many endpoints', () => {
  const ports = Array.from({ length: 300 }, (_, port) => `p${port}:${port + 1}`);
  const addresses = Array.from({ length: 1_000 }, (_, host) => `10.0.${host >> 8}.${host & 255}`);
  const many = [serviceOf('web', ports), endpointsOf('web', ports, addresses)];

  test('has its first ports served', () => {
    expect(reached(many, { name: 'p0' }).to).toHaveLength(1_000);
    expect(reached(many, { name: 'p19' }).to).toHaveLength(1_000);
  });

  test('has no others served, so that the output stays in proportion to the input', () => {
    expect(reached(many, { name: 'p20' })).toEqual({ to: 'nowhere', rule: 'too-many-endpoints' });
  });

  test('is not served by a port without name, which would mean all of them', () => {
    expect(reached([serviceOf('web', ['80']), endpointsOf('web', ports, addresses)], WEB)).toEqual({
      to: 'nowhere',
      rule: 'too-many-endpoints',
    });
  });

  test('is not served without the Service either', () => {
    expect(reached([endpointsOf('web', ports, addresses)], { name: 'p0' }).rule).toBe('too-many-endpoints');
  });

  test('has all ports served where endpoints are few', () => {
    const few = [serviceOf('web', ports), endpointsOf('web', ports, ['10.0.0.1', '10.0.0.2'])];
    expect(reached(few, { name: 'p299' }).to).toHaveLength(2);
  });
});

describe('--backend-address', () => {
  const full = [serviceOf('web', ['http:80->8080'], { clusterIP: '10.96.0.7' }), slice];
  const [withoutEndpoints] = full;
  const name = 'name-at-request web.shop.svc.cluster.local:80';
  test.each<{
    address: CompileSettings['backendAddress'];
    given: readonly (Resource | undefined)[];
    what: string;
    to: unknown;
    rule?: string;
  }>([
    { address: 'auto', what: 'takes endpoints', given: full, to: ['10.0.0.1 8080'] },
    { address: 'pod', what: 'takes endpoints', given: full, to: ['10.0.0.1 8080'] },
    {
      address: 'pod',
      what: 'takes nothing else',
      given: [withoutEndpoints],
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
    { address: 'cluster-ip', what: 'takes the cluster IP', given: full, to: ['10.96.0.7 80'] },
    {
      address: 'cluster-ip',
      what: 'takes endpoints of a Service without one',
      given: [serviceOf('web', ['http:80']), slice],
      to: ['10.0.0.1 8080'],
    },
    { address: 'dns', what: 'takes the name', given: full, to: name },
    { address: 'dns', what: 'takes the name of a Service that is not in the input', given: [elsewhere], to: name },
    {
      address: 'cluster-ip',
      what: 'knows no address of a missing Service',
      given: [],
      to: 'nowhere',
      rule: 'missing-service',
    },
    {
      address: 'node-port',
      what: 'takes the port of the nodes',
      given: [serviceOf('web', ['80->8080@30080']), slice],
      to: ['192.0.2.1 30080', '192.0.2.2 30080'],
    },
    {
      address: 'node-port',
      what: 'needs no endpoints in an input that has none',
      given: [serviceOf('web', ['80->8080@30080'])],
      to: ['192.0.2.1 30080', '192.0.2.2 30080'],
    },
    {
      address: 'node-port',
      what: 'leads nowhere if nobody is ready',
      given: [serviceOf('web', ['80->8080@30080']), elsewhere],
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
    { address: 'node-port', what: 'needs one', given: full, to: 'nowhere', rule: 'no-node-port' },
    { address: 'node-port', what: 'needs the Service', given: [slice], to: 'nowhere', rule: 'missing-service' },
    {
      address: 'node-port',
      what: 'leaves external names as they are',
      given: [external(['80'], '198.51.100.7')],
      to: ['198.51.100.7 80'],
    },
    { address: 'port-forward', what: 'takes the local port', given: full, to: ['127.0.0.1 20080'] },
    {
      address: 'port-forward',
      what: 'takes it for a Service that is elsewhere',
      given: [],
      to: ['127.0.0.1 20080'],
    },
    {
      address: 'port-forward',
      what: 'waits for one',
      given: [serviceOf('web', ['http:8000->80']), sliceOf('web', ['http:80'], ['10.0.0.1'])],
      to: 'nowhere',
      rule: 'forward-pending',
    },
    {
      address: 'port-forward',
      what: 'leads nowhere if nobody is ready',
      given: [serviceOf('web'), elsewhere],
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
    {
      address: 'port-forward',
      what: 'takes the local port of a headless Service',
      given: [serviceOf('web', ['80'], { clusterIP: 'None' })],
      to: ['127.0.0.1 20080'],
    },
    {
      address: 'port-forward',
      what: 'cannot be had for another port of a headless Service',
      given: [serviceOf('web', ['80->8080'], { clusterIP: 'None' })],
      to: 'nowhere',
      rule: 'not-forwardable',
    },
    {
      address: 'port-forward',
      what: 'needs the Service in a dump of a cluster',
      given: [elsewhere],
      to: 'nowhere',
      rule: 'missing-service',
    },
    {
      address: 'port-forward',
      what: 'leaves external names as they are',
      given: [external(['80'], '198.51.100.7')],
      to: ['198.51.100.7 80'],
    },
  ])('$address $what', ({ address, given, to, rule }) => {
    const resources = given.filter(resource => resource !== undefined);
    const nodeAddresses = ['192.0.2.1', '192.0.2.2'];
    const forwards = new Map([['shop/web:80', 20_080]]);
    expect(reached(resources, WEB, { backendAddress: address, nodeAddresses, forwards })).toEqual({ to, rule });
  });

  test('node-port says how a Service gets a node port', () => {
    const { finding } = reach(
      { namespace: 'shop', service: 'web', port: { name: 'http' } },
      indexCluster(full, () => undefined),
      settingsOf({ backendAddress: 'node-port', nodeAddresses: ['192.0.2.1'] }),
    );
    expect(finding).toMatchObject({
      message: 'the Service shop/web has no node port for port "80"',
      help: `give it one with kubectl patch service web -n shop -p '{"spec":{"type":"NodePort"}}', or use --backend-address port-forward`,
    });
  });

  test('port-forward tells which ports it needs, found or not', () => {
    const ingress = ingressOf({
      hosts: {
        'a.io': [
          ['/', 'web:80'],
          ['/b', 'blog:http'],
        ],
        'b.io': [['/', 'db:1']],
      },
    });
    const given = [ingress, serviceOf('web'), serviceOf('blog', ['http:8080->80']), serviceOf('db'), serviceOf('idle')];
    const { result } = reported(report => {
      const forwards = new Map([['shop/web:80', 20_080]]);
      return compile(given, settingsOf({ backendAddress: 'port-forward', forwards }), report);
    });
    expect([...result.forwardsWanted]).toEqual(['shop/blog:8080', 'shop/web:80']);
    expect([...compile(given, settingsOf(), () => undefined).forwardsWanted]).toEqual([]);
  });
});

describe('an ExternalName', () => {
  const late = 'name-at-request db.acme.io';
  test.each<{ name: string; given: Resource; port: PortRef; to: unknown; rule?: string | undefined }>([
    { name: 'is looked up while requests are served', given: external(['80']), port: WEB, to: `${late}:80` },
    { name: 'has the target port', given: external(['80->8080']), port: WEB, to: `${late}:8080` },
    {
      name: 'has a port by name',
      given: external(['http:80->8080']),
      port: { name: 'http' },
      to: `${late}:8080`,
    },
    {
      name: 'has its port where the target port is a name',
      given: external(['http:80->web']),
      port: { name: 'http' },
      to: `${late}:80`,
    },
    {
      name: 'needs no port in the Service',
      given: external([]),
      port: { number: 5432 },
      to: `${late}:5432`,
    },
    {
      name: 'takes a number that the Service does not list as it is',
      given: external(['80->8080']),
      port: { number: 5432 },
      to: `${late}:5432`,
    },
    {
      name: 'has no port of an unknown name',
      given: external(['http:80']),
      port: { name: 'https' },
      to: 'nowhere',
      rule: 'missing-service-port',
    },
    { name: 'may be an address', given: external([], '192.0.2.7'), port: WEB, to: ['192.0.2.7 80'] },
    { name: 'may be an IPv6 address', given: external([], '2001:db8::7'), port: WEB, to: ['2001:db8::7 80'] },
    { name: 'may end in a dot', given: external([], 'db.acme.io.'), port: WEB, to: `${late}:80` },
    {
      name: 'leads nowhere in the domain that never has names',
      given: external(['80'], 'db.acme.invalid.'),
      port: WEB,
      to: 'nowhere',
      rule: 'no-ready-endpoints',
    },
    {
      name: 'may only look like that domain',
      given: external(['80'], 'db.acme.notinvalid'),
      port: WEB,
      to: 'name-at-request db.acme.notinvalid:80',
    },
  ])('$name', ({ given, port, to, rule }) => {
    expect(reached([given], port)).toEqual({ to, rule });
  });
});

test('findings quote the names', () => {
  const resources = [...appOf('other', '10.0.0.9'), serviceOf('web', ['http:80', '81'])];
  const cluster = indexCluster(resources, () => undefined);
  const findingOf = (service: string, port: PortRef) =>
    reach({ namespace: 'shop', service, port }, cluster, settingsOf()).finding;
  expect(findingOf('nowhere', WEB)?.message).toBe('the Service shop/nowhere is not in the input');
  expect(findingOf('web', { name: 'https' })).toMatchObject({
    message: 'the Service shop/web has no port "https"',
    help: 'did you mean `name: http`? it has 80 (http) and 81',
  });
  expect(findingOf('web', WEB)?.message).toBe('the Service shop/web has no ready endpoint for port "80"');
});

describe('what is known of the endpoints of a backend', () => {
  const web = serviceOf('web', ['http:80'], { clusterIP: '10.96.0.7' });
  const known = (resources: readonly Resource[], settings: Partial<CompileSettings> = {}) => {
    const backend = { namespace: 'shop', service: 'web', port: WEB };
    const reachedNow = reach(
      backend,
      indexCluster(resources, () => undefined),
      settingsOf(settings),
    );
    const { peers, notReady } = reachedNow;
    return peers?.kind === 'addresses' ? { via: peers.via, notReady: peers.notReady } : { notReady };
  };
  test.each<{ name: string; given: readonly Resource[]; settings?: Partial<CompileSettings>; says: unknown }>([
    {
      name: 'all are ready',
      given: [web, sliceOf('web', ['http:8080'], ['10.0.0.1', '10.0.0.2'])],
      says: { via: undefined, notReady: undefined },
    },
    {
      name: 'some are not ready',
      given: [web, sliceOf('web', ['http:8080'], ['10.0.0.1', '-10.0.0.2', '-10.0.0.3'])],
      says: { via: undefined, notReady: 2 },
    },
    {
      name: 'one is ready in one list and not in another, and counts as ready',
      given: [
        web,
        sliceOf('web', ['http:8080'], ['10.0.0.1', '-10.0.0.2']),
        endpointsOf('web', ['http:8080'], ['-10.0.0.1', '-10.0.0.2']),
      ],
      says: { via: undefined, notReady: 1 },
    },
    { name: 'none is ready', given: [web, sliceOf('web', ['http:8080'], ['-10.0.0.1'])], says: { notReady: 1 } },
    {
      name: 'nothing, since none of the Service is there',
      given: [web, sliceOf('other', ['8080'], ['10.9.9.9'])],
      settings: { backendAddress: 'pod' },
      says: { notReady: undefined },
    },
    {
      name: 'nothing behind the cluster IP',
      given: [web, sliceOf('web', ['http:8080'], ['10.0.0.1'])],
      settings: { backendAddress: 'cluster-ip' },
      says: { via: 'cluster-ip', notReady: undefined },
    },
  ])('$name', ({ given, settings, says }) => {
    expect(known(given, settings)).toEqual(says);
  });
});
