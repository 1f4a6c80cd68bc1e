import { BlockList } from 'node:net';
import { isIP, isIPv4 } from '../json/ip.ts';
import { quote } from './quote.ts';
import { invalidAddress } from './rules/addresses.ts';
import type { Complaint } from './subject.ts';

/** Ranges with a use of their own, as the API server tells them apart. */
export type SpecialRange = 'loopback' | 'link-local' | 'link-local multicast' | 'unspecified';

/** 4 or 6; 0 for what is no plain IP address. Zones (`%eth0`), brackets and leading zeros are none. */
export function ipVersion(address: string): 0 | 4 | 6 {
  if (isIPv4(address)) return 4;
  return isIP(address) === 6 && !address.includes('%') ? 6 : 0;
}

/** IPv6 that holds an IPv4 address (`::ffff:10.0.0.1`); the API server takes it for IPv4. */
export function isMappedIPv4(address: string): boolean {
  return ipVersion(address) === 6 && rangeV6('mapped').check(address, 'ipv6');
}

/** The special range that an IP address lies in. */
export function specialRange(address: string): SpecialRange | undefined {
  if (isIPv4(address)) return rangeOfIPv4(address);
  if (ipVersion(address) === 0) return undefined;
  return V6_RANGES.find(range => rangeV6(range).check(address, 'ipv6'));
}

/** The same of what is IPv4. */
export function rangeOfIPv4(address: string): SpecialRange | undefined {
  if (address.startsWith('127.')) return 'loopback';
  if (address.startsWith('169.254.')) return 'link-local';
  if (address.startsWith('224.0.0.')) return 'link-local multicast';
  return address === '0.0.0.0' ? 'unspecified' : undefined;
}

const V6_RANGES = ['loopback', 'link-local', 'link-local multicast', 'unspecified'] as const;

const V6_SUBNETS: Readonly<Record<SpecialRange | 'mapped', readonly (readonly [string, number])[]>> = {
  loopback: [
    ['::1', 128],
    ['::ffff:127.0.0.0', 104],
  ],
  'link-local': [
    ['fe80::', 10],
    ['::ffff:169.254.0.0', 112],
  ],
  'link-local multicast': [
    ['ff02::', 16],
    ['::ffff:224.0.0.0', 120],
  ],
  unspecified: [
    ['::', 128],
    ['::ffff:0.0.0.0', 128],
  ],
  mapped: [['::ffff:0.0.0.0', 96]],
};

const lists = new Map<string, BlockList>();

function rangeV6(range: SpecialRange | 'mapped'): BlockList {
  const known = lists.get(range);
  if (known !== undefined) return known;
  const list = new BlockList();
  for (const [net, prefix] of V6_SUBNETS[range]) list.addSubnet(net, prefix, 'ipv6');
  lists.set(range, list);
  return list;
}

/** An address that is no IP address, or not of the version. */
export function complainOfAddress(address: string, wanted: string): Complaint {
  const help = addressHelp(address, wanted);
  if (address === '') return { rule: invalidAddress, message: 'this address is empty', help };
  return { rule: invalidAddress, message: `${quote(address)} is not ${wanted}`, help };
}

function addressHelp(address: string, wanted: string): string {
  const withoutPort = /^([\d.]+):\d+$/.exec(address)?.[1];
  if (withoutPort !== undefined && isIPv4(withoutPort))
    return `write ${quote(withoutPort)}; the port belongs under \`ports\``;
  const bare = /^\[(.*)\]$/.exec(address)?.[1] ?? /^(.*)%/.exec(address)?.[1] ?? /^(.*)\/\d+$/.exec(address)?.[1];
  if (bare !== undefined && ipVersion(bare) !== 0) return `write ${quote(bare)}`;
  const decimal = address.replaceAll(/(^|\.)0+(?=\d)/g, '$1');
  if (decimal !== address && isIPv4(decimal)) return `write ${quote(decimal)}, without leading zeros`;
  return wanted.includes('IPv6') ? 'write an address such as "2001:db8::1"' : 'write an address such as "10.0.0.1"';
}

/** A range of addresses such as `10.0.0.0/8`. */
export function isRange(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  const version = ipVersion(address);
  return (
    more.length === 0 && version !== 0 && /^(0|[1-9]\d*)$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128)
  );
}
