import { describe, expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import { renderNginx } from '../../../src/nginx/render.ts';
import { compiled, configMapOf, ingressOf, serviceOf } from '../../support/resources.ts';

const settings = { controllerConfig: 'ingress/options' };

interface Given {
  readonly data: Readonly<Record<string, string>>;
  readonly flags?: Partial<CompileSettings>;
}

function listening({ data, flags = {} }: Given) {
  const { routing, lines } = compiled([ingressOf(), configMapOf('ingress/options', data)], { ...settings, ...flags });
  return { addresses: routing.listeners.addresses, lines, routing };
}

function confOf({ routing }: Pick<ReturnType<typeof listening>, 'routing'>): string {
  const conf = renderNginx(routing, {}).files.find(({ path }) => path === 'nginx.conf');
  return new TextDecoder().decode(conf?.bytes);
}

describe('nginx listens', () => {
  test.each<Given & { name: string; addresses: readonly string[]; lines?: readonly string[] }>([
    { name: 'on all addresses', data: {}, addresses: ['0.0.0.0', '::'] },
    { name: 'on IPv4 alone', data: { 'disable-ipv6': 'true' }, addresses: ['0.0.0.0'] },
    {
      name: 'on the addresses that are named, and on all of the other kind, as the controller',
      data: { 'bind-address': '192.0.2.1, 192.0.2.2' },
      addresses: ['192.0.2.1', '192.0.2.2', '::'],
    },
    {
      name: 'on those of both kinds',
      data: { 'bind-address': '2001:DB8:0::1,192.0.2.1' },
      addresses: ['192.0.2.1', '2001:db8::1'],
    },
    {
      name: 'on no IPv6 that is named where it is off',
      data: { 'bind-address': '2001:db8::1,192.0.2.1', 'disable-ipv6': 'true' },
      addresses: ['192.0.2.1'],
    },
    {
      name: 'on those of the options of one kind, which go before',
      data: { 'bind-address': '192.0.2.1', 'bind-address-ipv4': '192.0.2.9', 'bind-address-ipv6': '[2001:db8::9]' },
      addresses: ['192.0.2.9', '2001:db8::9'],
    },
    {
      name: 'on the others where one is no address, as the controller',
      data: { 'bind-address': '192.0.2.1,eth0; return' },
      addresses: ['192.0.2.1', '::'],
      lines: [
        'invalid-option-value: bind-address: "192.0.2.1,eth0; return" has "eth0; return", which is no IP address that nginx can listen on',
      ],
    },
    {
      name: 'on all where none is an address',
      data: { 'bind-address': 'fe80::1%eth0' },
      addresses: ['0.0.0.0', '::'],
      lines: [
        'invalid-option-value: bind-address: "fe80::1%eth0" has "fe80::1%eth0", which is no IP address that nginx can listen on',
      ],
    },
    {
      name: 'as the flag says, whatever options say',
      data: { 'bind-address': '192.0.2.1' },
      flags: { listen: ['127.0.0.1'], isListenGiven: true },
      addresses: ['127.0.0.1'],
      lines: ['overruled-listen-option: the option bind-address has no effect: nginx listens on 127.0.0.1'],
    },
    {
      name: 'on no IPv6 that the machine lacks',
      data: { 'bind-address': '2001:db8::1' },
      flags: { listen: ['0.0.0.0'] },
      addresses: ['0.0.0.0'],
    },
  ])('$name', ({ addresses, lines = [], ...given }) => {
    const found = listening(given);
    expect(found.addresses).toEqual(addresses);
    expect(found.lines).toEqual(lines);
  });

  test('with a socket for each worker where that is asked for', () => {
    expect(confOf(listening({ data: {} }))).not.toContain('reuseport');
    const conf = confOf(listening({ data: { 'reuse-port': 'true' } }));
    expect(conf).toContain('listen 80 default_server reuseport;');
    expect(conf).toContain('listen [::]:443 ssl http2 default_server reuseport;');
    expect(conf.match(/reuseport/gu)).toHaveLength(4);
  });
});

describe('names are looked up', () => {
  const names = [ingressOf({ hosts: { 'a.example.com': [['/', 'far:80']] } })];
  const far = serviceOf('far', ['80'], { type: 'ExternalName', externalName: 'pbx.example.com' });
  const resolverOf = (data: Readonly<Record<string, string>>, resolvers: readonly string[]): string | undefined => {
    const { routing } = compiled([...names, far, configMapOf('ingress/options', data)], { ...settings, resolvers });
    return /resolver .*;/u.exec(confOf({ routing }))?.[0];
  };

  test.each([
    { name: 'at all servers', data: {}, line: 'resolver 10.96.0.10 [fd00::a];' },
    {
      name: 'at those of IPv4, for IPv4 addresses',
      data: { 'disable-ipv6-dns': 'true' },
      line: 'resolver 10.96.0.10 ipv6=off;',
    },
  ])('$name', ({ data, line }) => {
    expect(resolverOf(data, ['10.96.0.10', '[fd00::a]'])).toBe(line);
  });

  test('at those of IPv6 where there are no others', () => {
    expect(resolverOf({ 'disable-ipv6-dns': 'true' }, ['[fd00::a]'])).toBe('resolver [fd00::a] ipv6=off;');
  });
});
