import { defineFamily } from '../annotations/family.ts';
import { addresses, ipv4Addresses, ipv6Addresses } from '../options/addresses.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

/** Where nginx listens, and asks for names: what they come to are the listeners and resolvers of the routing. */
export const listening = defineFamily({
  name: 'listening',
  annotations: {},
  options: {
    'bind-address': {
      type: addresses,
      default: [],
      example: '192.0.2.1,2001:db8::1',
      summary: 'The addresses on which nginx listens; of a kind of which none is named, on all.',
      becomes: 'listen',
    } satisfies OptionSpec<readonly string[]>,
    'bind-address-ipv4': {
      type: ipv4Addresses,
      default: [],
      example: '192.0.2.1',
      summary: 'The IPv4 addresses on which nginx listens, in the place of those of `bind-address`.',
      becomes: 'listen',
    } satisfies OptionSpec<readonly string[]>,
    'bind-address-ipv6': {
      type: ipv6Addresses,
      default: [],
      example: '2001:db8::1',
      summary: 'The IPv6 addresses on which nginx listens, in the place of those of `bind-address`.',
      becomes: 'listen',
    } satisfies OptionSpec<readonly string[]>,
    'disable-ipv6': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether nginx listens on IPv4 alone.',
      becomes: 'listen',
    } satisfies OptionSpec<boolean>,
    'disable-ipv6-dns': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether names are resolved to IPv4 addresses alone.',
      becomes: 'resolver … ipv6=off',
    } satisfies OptionSpec<boolean>,
    'reuse-port': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether each worker has a listening socket of its own; the controller does so by itself.',
      becomes: 'listen … reuseport',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {},
});
