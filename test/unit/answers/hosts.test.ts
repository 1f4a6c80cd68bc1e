import { expect, test } from 'vitest';

import type { Machine, StatusOf } from '../../../src/answers/hosts.ts';
import { hostLines, knownHosts, needsAddress } from '../../../src/answers/hosts.ts';
import type { Routing } from '../../../src/routing/model.ts';
import { ROUTING } from './routing-sample.ts';
import { objectNamed } from '../../support/object-name.ts';

const ELSEWHERE = { address: '127.0.0.1', source: 'loopback' } as const;

/** The hosts of one server each, of an Ingress whose document has the name of the host. */
function routingOf(hosts: readonly string[]): Routing {
  const [, sample] = ROUTING.servers;
  if (sample === undefined) throw new Error('the sample has too few servers');
  const servers = hosts.map(host => ({
    ...sample,
    host,
    from: [{ resource: objectNamed('Ingress shop/web'), field: { document: host, path: [] } }],
  }));
  return { ...ROUTING, servers };
}

const MACHINE: Machine = { names: new Set(['localhost', 'laptop']), addresses: new Set(['192.168.1.7']) };

const noStatus: StatusOf = () => ({ ips: [], hostnames: [] });

function statusOf(ips: readonly string[], hostnames: readonly string[] = []): StatusOf {
  return () => ({ ips, hostnames });
}

test('every host but the default server has a line, in the order of the servers', () => {
  expect(hostLines(knownHosts(ROUTING, noStatus, MACHINE), ELSEWHERE)).toEqual({
    lines: [
      { host: 'shop.example.com', address: '127.0.0.1', source: 'loopback' },
      { host: 'api.example.com', address: '127.0.0.1', source: 'loopback' },
    ],
    leftOut: [],
  });
});

test('the further names of a host have lines of their own', () => {
  const { servers, ...rest } = routingOf(['shop.example.com']);
  const aliases = ['store.example.com', '*.shop.example.net', 'shop.*', '~^shop\\d+$', 'laptop'];
  const routing: Routing = { ...rest, servers: servers.map(server => ({ ...server, aliases })) };
  const { lines, leftOut } = hostLines(knownHosts(routing, statusOf(['10.0.0.1']), MACHINE), ELSEWHERE);
  expect(lines.map(({ host, address }) => `${address} ${host}`)).toEqual([
    '10.0.0.1 shop.example.com',
    '10.0.0.1 store.example.com',
  ]);
  expect(leftOut.map(({ host, reason }) => `${host}: ${reason}`)).toEqual([
    '*.shop.example.net: a hosts file has no wildcards; add a line for each name that you use, such as www.shop.example.net',
    'shop.*: a hosts file has no wildcards; add a line for each name that you use, such as shop.com',
    '~^shop\\d+$: a hosts file has no regular expressions; add a line for each name that you use',
    'laptop: it is a name of this machine, which other programs rely on',
  ]);
});

test.each([
  { name: 'an address of the status goes before others', status: statusOf(['10.0.0.1']), lines: ['10.0.0.1 status'] },
  {
    name: 'one address of each version is enough',
    status: statusOf(['10.0.0.1', '10.0.0.2', 'FD00::A', 'fd00::b']),
    lines: ['10.0.0.1 status', 'fd00::a status'],
  },
  {
    name: 'an address behind the NAT of a virtual machine comes last',
    status: statusOf(['10.0.2.15', '192.168.49.2', '::']),
    lines: ['192.168.49.2 status'],
  },
  { name: 'nor is there another, it is taken', status: statusOf(['10.0.2.15']), lines: ['10.0.2.15 status'] },
  { name: 'localhost is an address', status: statusOf([], ['localhost']), lines: ['127.0.0.1 status'] },
  {
    name: 'a name beside an address does no harm',
    status: statusOf(['10.0.0.1'], ['lb.example.net']),
    lines: ['10.0.0.1 status'],
  },
  { name: 'without a status the other address is taken', status: noStatus, lines: ['127.0.0.1 loopback'] },
])('$name', ({ status, lines }) => {
  const answer = hostLines(knownHosts(routingOf(['a.example.com']), status, MACHINE), ELSEWHERE);
  expect(answer.lines.map(({ address, source }) => `${address} ${source}`)).toEqual(lines);
  expect(answer.leftOut).toEqual([]);
});

test.each([
  {
    name: 'a wildcard',
    host: '*.example.com',
    status: statusOf(['10.0.0.1']),
    reason: /no wildcards.* www\.example\.com$/,
  },
  { name: 'localhost', host: 'localhost', status: statusOf(['10.0.0.1']), reason: /a name of this machine/ },
  { name: 'localhost without a status', host: 'localhost', status: noStatus, reason: /a name of this machine/ },
  { name: 'the name of this machine', host: 'laptop', status: noStatus, reason: /a name of this machine/ },
  {
    name: 'a host whose status has only a name',
    host: 'a.io',
    status: statusOf([], ['lb.example.net']),
    reason: /lb\.example\.net/,
  },
])('$name is left out, and why', ({ host, status, reason }) => {
  const answer = hostLines(knownHosts(routingOf([host]), status, MACHINE), ELSEWHERE);
  expect(answer.lines).toEqual([]);
  expect(answer.leftOut).toEqual([{ host, reason: expect.stringMatching(reason) as string }]);
});

test('of several Ingresses the oldest decides', () => {
  const routing = routingOf(['a.example.com']);
  const from = ['old', 'new'].map(document => ({
    resource: objectNamed(`Ingress shop/${document}`),
    field: { document, path: [] },
  }));
  const servers = routing.servers.map(server => ({ ...server, from }));
  const status: StatusOf = document => ({
    ips: document === 'old' ? ['10.0.0.1'] : ['10.0.0.2', '::2'],
    hostnames: [],
  });
  const { lines } = hostLines(knownHosts({ ...routing, servers }, status, MACHINE), ELSEWHERE);
  expect(lines.map(({ address }) => address)).toEqual(['10.0.0.1', '::2']);
});

test.each([
  {
    name: 'minikube goes before an address behind the NAT of a virtual machine',
    elsewhere: { address: '192.168.49.2', source: 'minikube' } as const,
    addresses: ['10.0.0.9'],
    line: { host: 'a.example.com', address: '192.168.49.2', source: 'minikube' },
  },
  {
    name: 'inside of the virtual machine that address is right',
    elsewhere: { address: '192.168.49.2', source: 'minikube' } as const,
    addresses: ['10.0.2.15'],
    line: { host: 'a.example.com', address: '10.0.2.15', source: 'status' },
  },
])('$name', ({ elsewhere, addresses, line }) => {
  const machine: Machine = { names: new Set(), addresses: new Set(addresses) };
  const known = knownHosts(routingOf(['a.example.com']), statusOf(['10.0.2.15']), machine);
  expect(known.map(needsAddress)).toEqual([!addresses.includes('10.0.2.15')]);
  expect(hostLines(known, elsewhere)).toEqual({ lines: [line], leftOut: [] });
});
