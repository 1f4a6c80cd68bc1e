import { expect, test } from 'vitest';

import type { StatusOf } from '../../../src/answers/hosts.ts';
import { hostLines, knownHosts } from '../../../src/answers/hosts.ts';
import type { Routing } from '../../../src/routing/model.ts';
import { ROUTING } from './routing-sample.ts';

const ELSEWHERE = { address: '127.0.0.1', source: 'loopback' } as const;

/** The hosts of one server each, of an Ingress whose document has the name of the host. */
function routingOf(hosts: readonly string[]): Routing {
  const [, sample] = ROUTING.servers;
  if (sample === undefined) throw new Error('the sample has too few servers');
  const servers = hosts.map(host => ({
    ...sample,
    host,
    from: [{ resource: 'Ingress shop/web', field: { document: host, path: [] } }],
  }));
  return { ...ROUTING, servers };
}

const noStatus: StatusOf = () => ({ ips: [], hostnames: [] });

function statusOf(ips: readonly string[], hostnames: readonly string[] = []): StatusOf {
  return () => ({ ips, hostnames });
}

test('every host but the default server has a line, in the order of the servers', () => {
  expect(hostLines(knownHosts(ROUTING, noStatus), ELSEWHERE)).toEqual({
    lines: [
      { host: 'shop.example.com', address: '127.0.0.1', source: 'loopback' },
      { host: 'api.example.com', address: '127.0.0.1', source: 'loopback' },
    ],
    leftOut: [],
  });
});

test.each([
  { name: 'an address of the status goes before others', status: statusOf(['10.0.0.1']), lines: ['10.0.0.1 status'] },
  {
    name: 'one address of each version is enough',
    status: statusOf(['10.0.0.1', '10.0.0.2', 'FD00::A', 'fd00::b']),
    lines: ['10.0.0.1 status', 'fd00::a status'],
  },
  { name: 'localhost is an address', status: statusOf([], ['localhost']), lines: ['127.0.0.1 status'] },
  {
    name: 'a name beside an address does no harm',
    status: statusOf(['10.0.0.1'], ['lb.example.net']),
    lines: ['10.0.0.1 status'],
  },
  { name: 'without a status the other address is taken', status: noStatus, lines: ['127.0.0.1 loopback'] },
])('$name', ({ status, lines }) => {
  const answer = hostLines(knownHosts(routingOf(['a.example.com']), status), ELSEWHERE);
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
  { name: 'localhost', host: 'localhost', status: statusOf(['10.0.0.1']), reason: /means this machine/ },
  { name: 'localhost without a status', host: 'localhost', status: noStatus, reason: /means this machine/ },
  {
    name: 'a host whose status has only a name',
    host: 'a.io',
    status: statusOf([], ['lb.example.net']),
    reason: /lb\.example\.net/,
  },
])('$name is left out, and why', ({ host, status, reason }) => {
  const answer = hostLines(knownHosts(routingOf([host]), status), ELSEWHERE);
  expect(answer.lines).toEqual([]);
  expect(answer.leftOut).toEqual([{ host, reason: expect.stringMatching(reason) as string }]);
});

test('of several Ingresses the oldest decides', () => {
  const routing = routingOf(['a.example.com']);
  const from = ['old', 'new'].map(document => ({
    resource: `Ingress shop/${document}`,
    field: { document, path: [] },
  }));
  const servers = routing.servers.map(server => ({ ...server, from }));
  const status: StatusOf = document => ({
    ips: document === 'old' ? ['10.0.0.1'] : ['10.0.0.2', '::2'],
    hostnames: [],
  });
  const { lines } = hostLines(knownHosts({ ...routing, servers }, status), ELSEWHERE);
  expect(lines.map(({ address }) => address)).toEqual(['10.0.0.1', '::2']);
});
