import { describe, expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import type { Resource } from '../../../src/resources/model.ts';
import type { Peers } from '../../../src/routing/model.ts';
import { compiled, configMapOf, ingressOf, serviceOf, sliceOf } from '../../support/resources.ts';

const TCP = 'ingress-nginx/tcp';
const UDP = 'ingress-nginx/udp';
const db: readonly Resource[] = [
  serviceOf('db', ['sql:5432->5433', 'dns:53/UDP']),
  sliceOf('db', ['sql:5433', 'dns:5353/UDP'], ['10.0.0.2', '10.0.0.1', '-10.0.0.3']),
];

function textsOf(peers: Peers): readonly string[] {
  if (peers.kind !== 'addresses') return [`${peers.kind} ${peers.host}:${peers.port}`];
  return peers.addresses.map(({ address, port }) => `${address} ${port}`);
}

function streamsOf(
  tcp: Readonly<Record<string, string>>,
  udp: Readonly<Record<string, string>> = {},
  { given = db, settings = {} }: { given?: readonly Resource[]; settings?: Partial<CompileSettings> } = {},
) {
  const { routing, lines, found } = compiled([ingressOf(), configMapOf(TCP, tcp), configMapOf(UDP, udp), ...given], {
    tcpServicesConfigMap: TCP,
    udpServicesConfigMap: UDP,
    ...settings,
  });
  const streams = routing.streams.map(stream => {
    const addresses = textsOf(stream.peers).join(', ');
    const proxy = `${stream.acceptsProxyProtocol ? ' in' : ''}${stream.sendsProxyProtocol ? ' out' : ''}`;
    return `${stream.protocol} ${stream.port} -> ${addresses}${proxy}`;
  });
  return { streams, lines, found, routing };
}

describe('an entry of TCP or UDP ports', () => {
  const SQL = '10.0.0.1 5433, 10.0.0.2 5433';
  test.each([
    { name: 'names a port by number', tcp: { '9000': 'shop/db:5432' }, streams: [`TCP 9000 -> ${SQL}`] },
    { name: 'names a port by name', tcp: { '9000': 'shop/db:sql' }, streams: [`TCP 9000 -> ${SQL}`] },
    { name: 'of UDP', udp: { '9053': 'shop/db:53' }, streams: ['UDP 9053 -> 10.0.0.1 5353, 10.0.0.2 5353'] },
    { name: 'takes PROXY protocol', tcp: { '9000': 'shop/db:5432:PROXY' }, streams: [`TCP 9000 -> ${SQL} in`] },
    { name: 'sends PROXY protocol', tcp: { '9000': 'shop/db:5432::proxy' }, streams: [`TCP 9000 -> ${SQL} out`] },
    { name: 'does both', tcp: { '9000': 'shop/db:5432:Proxy:PROXY' }, streams: [`TCP 9000 -> ${SQL} in out`] },
    { name: 'knows no other word', tcp: { '9000': 'shop/db:5432:yes:1' }, streams: [`TCP 9000 -> ${SQL}`] },
    {
      name: 'of UDP knows no PROXY protocol',
      udp: { '9053': 'shop/db:dns:PROXY:PROXY' },
      streams: ['UDP 9053 -> 10.0.0.1 5353, 10.0.0.2 5353'],
    },
    {
      name: 'stands in the order of its protocol and port',
      tcp: { '9001': 'shop/db:sql', '900': 'shop/db:sql' },
      udp: { '1': 'shop/db:dns' },
      streams: [`TCP 900 -> ${SQL}`, `TCP 9001 -> ${SQL}`, 'UDP 1 -> 10.0.0.1 5353, 10.0.0.2 5353'],
    },
    {
      name: 'may share its number with UDP',
      tcp: { '53': 'shop/db:sql' },
      udp: { '53': 'shop/db:dns' },
      streams: [`TCP 53 -> ${SQL}`, 'UDP 53 -> 10.0.0.1 5353, 10.0.0.2 5353'],
    },
    {
      name: 'of UDP may be where HTTP listens',
      udp: { '443': 'shop/db:dns' },
      streams: ['UDP 443 -> 10.0.0.1 5353, 10.0.0.2 5353'],
    },
  ])('$name', ({ tcp = {}, udp = {}, streams }) => {
    const run = streamsOf(tcp, udp);
    expect(run.streams).toEqual(streams);
    expect(run.lines).toEqual([]);
  });

  test.each([
    { key: 'sql', value: 'shop/db:5432', problem: '"sql" is not a port' },
    { key: '0', value: 'shop/db:5432', problem: '"0" is not a port' },
    { key: '65536', value: 'shop/db:5432', problem: '"65536" is not a port' },
    { key: '-1', value: 'shop/db:5432', problem: '"-1" is not a port' },
    { key: '80', value: 'shop/db:5432', problem: 'nginx itself needs the port 80' },
    { key: '443', value: 'shop/db:5432', problem: 'nginx itself needs the port 443' },
    { key: '9000', value: 'nonsense', problem: '"nonsense" does not have the format namespace/service:port' },
    { key: '9000', value: 'db:5432', problem: '"db:5432" does not have the format namespace/service:port' },
    { key: '9000', value: 'shop/db', problem: '"shop/db" does not have the format namespace/service:port' },
    { key: '9000', value: 'a/b/c:80', problem: '"a/b/c:80" does not have the format namespace/service:port' },
    { key: '9000', value: 'shop/gone:80', problem: 'the Service shop/gone is not in the input' },
    { key: '9000', value: 'shop/db:81', problem: 'the Service shop/db has no TCP port "81"' },
    { key: '9000', value: 'shop/db:dns', problem: 'the Service shop/db has no TCP port "dns"' },
  ])('$key: $value is left out: $problem', ({ key, value, problem }) => {
    const { streams, lines, found } = streamsOf({ [key]: value, '9999': 'shop/db:sql' });
    expect(streams).toEqual([`TCP 9999 -> ${SQL}`]);
    expect(lines).toEqual([`invalid-stream-entry: TCP port ${key}: ${problem}`]);
    expect(found[0]?.at).toEqual({ document: `config-map-${TCP}`, path: ['data', key], part: 'key' });
  });

  test('is left out where another one has the same port in another form', () => {
    const { streams, lines } = streamsOf(
      { '080': 'shop/db:sql', '0080': 'shop/db:sql' },
      {},
      { settings: { httpPort: 8080 } },
    );
    expect(streams).toEqual([`TCP 80 -> ${SQL}`]);
    expect(lines).toEqual(['invalid-stream-entry: TCP port 080: another entry has the port 80']);
  });

  test('is left out where nobody is ready', () => {
    const given = [serviceOf('db', ['5432'], { clusterIP: '10.96.0.9' }), sliceOf('db', ['5432'], ['-10.0.0.1'])];
    const { streams, lines } = streamsOf({ '9000': 'shop/db:5432' }, {}, { given });
    expect(streams).toEqual([]);
    expect(lines).toEqual([
      'invalid-stream-entry: TCP port 9000: the Service shop/db has no ready endpoint for port "5432"',
    ]);
  });
});

describe('where TCP ports lead', () => {
  const withIp = serviceOf('db', ['sql:5432->5433'], { clusterIP: '10.96.0.9' });
  const slice = sliceOf('db', ['sql:5433'], ['10.0.0.1']);
  test.each<{
    name: string;
    given: readonly Resource[];
    address: CompileSettings['backendAddress'];
    streams: readonly string[];
  }>([
    {
      name: 'to the cluster IP in an input without endpoints',
      given: [withIp],
      address: 'auto',
      streams: ['TCP 9000 -> 10.96.0.9 5432'],
    },
    {
      name: 'to the cluster IP if that is asked for',
      given: [withIp, slice],
      address: 'cluster-ip',
      streams: ['TCP 9000 -> 10.96.0.9 5432'],
    },
    {
      name: 'to endpoints if those are asked for',
      given: [withIp, slice],
      address: 'pod',
      streams: ['TCP 9000 -> 10.0.0.1 5433'],
    },
    { name: 'to nothing else then', given: [withIp], address: 'pod', streams: [] },
    {
      name: 'to the name of a headless Service without endpoints',
      given: [{ ...withIp, clusterIP: 'None' }],
      address: 'auto',
      streams: ['TCP 9000 -> name-at-request db.shop.svc.cluster.local:5433'],
    },
    {
      name: 'to the name if that is asked for',
      given: [withIp, slice],
      address: 'dns',
      streams: ['TCP 9000 -> name-at-request db.shop.svc.cluster.local:5432'],
    },
    {
      name: 'to the node port',
      given: [serviceOf('db', ['sql:5432->5433@30432']), slice],
      address: 'node-port',
      streams: ['TCP 9000 -> 192.0.2.1 30432'],
    },
    { name: 'nowhere without a node port', given: [withIp, slice], address: 'node-port', streams: [] },
    {
      name: 'to the local port',
      given: [withIp, slice],
      address: 'port-forward',
      streams: ['TCP 9000 -> 127.0.0.1 25432'],
    },
  ])('$name', ({ given, address, streams }) => {
    const forwards = new Map([['shop/db:5432', 25_432]]);
    const settings = { backendAddress: address, nodeAddresses: ['192.0.2.1'], forwards };
    expect(streamsOf({ '9000': 'shop/db:sql' }, {}, { given, settings }).streams).toEqual(streams);
  });

  test('is said to be nowhere for UDP, which kubectl does not forward', () => {
    const { lines } = streamsOf({}, { '9053': 'shop/db:dns' }, { settings: { backendAddress: 'port-forward' } });
    expect(lines).toContain(
      'invalid-stream-entry: UDP port 9053: kubectl does not forward the UDP port 53 of the Service shop/db',
    );
  });
});

test('the ports say which entry they come from', () => {
  expect(streamsOf({ '9000': 'shop/db:sql' }).routing.streams[0]?.from).toEqual({
    resource: { kind: 'ConfigMap', namespace: 'ingress-nginx', name: 'tcp' },
    field: { document: 'config-map-ingress-nginx/tcp', path: ['data', '9000'] },
  });
});

test('a ConfigMap that is missing is said, one without flag is not read', () => {
  const tcp = configMapOf(TCP, { '9000': 'shop/db:sql' });
  const without = compiled([ingressOf(), tcp, ...db]);
  expect([without.routing.streams, without.lines]).toEqual([[], []]);
  const missing = compiled([ingressOf(), ...db], { tcpServicesConfigMap: TCP, udpServicesConfigMap: UDP });
  expect(missing.lines).toEqual([
    `missing-config-map: the ConfigMap ${TCP} of --tcp-services-configmap is not in the input`,
    `missing-config-map: the ConfigMap ${UDP} of --udp-services-configmap is not in the input`,
  ]);
});
