import { isIPv4, isIPv6 } from '../json/ip.ts';
import type { Parsed, ValueType } from './value-type.ts';

const NAME = 'list of IP addresses and networks, separated by commas';

const parseList = (words: readonly string[]): Parsed<readonly string[]> => {
  const found = new Set<string>();
  for (const word of words) {
    const network = networkOf(word);
    if (network === undefined) return refusal(word);
    found.add(network);
  }
  return { ok: true, value: [...found].toSorted() };
};

/**
 * IP addresses and networks in the form of Go's net.ParseIP and net.ParseCIDR: sorted, each once, as nginx writes them.
 * One wrong entry makes the whole list wrong.
 * Source: ingress-nginx 1.15.1, internal/net/ipnet.go, ParseCIDRs.
 */
export const networks: ValueType<readonly string[]> = {
  name: NAME,
  schema: { pattern: '^[0-9A-Fa-f:./,\\s]*$' },
  separator: ',',
  parse: text => parseList(text.split(',').map(word => word.trim())),
};

/**
 * The same in an option, in which empty entries do not count.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/configmap.go, splitAndTrimSpace.
 */
export const networksOfOption: ValueType<readonly string[]> = {
  ...networks,
  parse: text =>
    parseList(
      text
        .split(',')
        .map(word => word.trim())
        .filter(word => word !== ''),
    ),
};

function refusal(word: string): Parsed<never> {
  if (word === '') return { ok: false, problem: 'has an empty entry', help: 'remove the comma too many' };
  return { ok: false, problem: `has "${word}", which is no IP address or network`, help: helpFor(word) };
}

function helpFor(word: string): string {
  const parts = word.split(/[\s;]+/).filter(part => part !== '');
  if (parts.length > 1 && parts.every(part => networkOf(part) !== undefined)) return `write "${parts.join(',')}"`;
  const decimal = word.replaceAll(/(^|\.)0+(?=\d)/g, '$1');
  if (networkOf(decimal) !== undefined) return `write "${decimal}", without leading zeros`;
  return 'write addresses such as "10.0.0.1" or networks such as "10.0.0.0/8", with commas between them';
}

/** An address or network without the bits that do not count; undefined if it is neither. */
export function networkOf(text: string): string | undefined {
  const [, address = '', prefix] = /^([^/]*)(?:\/(\d+))?$/.exec(text) ?? [];
  const groups = groupsOf(address);
  if (groups === undefined) return undefined;
  const width = groups.length === IPV4_GROUPS ? 8 : 16;
  const bits = groups.length * width;
  const kept = prefix === undefined ? bits : Number(prefix);
  if (kept > bits) return undefined;
  return networkText(masked(groups, kept, width), kept);
}

const IPV4_GROUPS = 4;
const IPV6_GROUPS = 8;

/** The four bytes of an IPv4 address, the eight groups of an IPv6 one; a zone (`%eth0`) makes it none. */
function groupsOf(address: string): readonly number[] | undefined {
  if (isIPv4(address)) return address.split('.').map(Number);
  if (!isIPv6(address) || address.includes('%')) return undefined;
  const [before = '', after] = shortIPv6(address).split('::');
  const head = hexGroups(before);
  const tail = hexGroups(after ?? '');
  const zeros = Array.from({ length: IPV6_GROUPS - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

const hexGroups = (text: string): readonly number[] =>
  text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16));

/** In the form of RFC 5952, without an IPv4 address at its end. */
function shortIPv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function masked(groups: readonly number[], kept: number, width: number): readonly number[] {
  return groups.map((group, index) => {
    const dropped = Math.min(Math.max((index + 1) * width - kept, 0), width);
    return (group >> dropped) << dropped;
  });
}

/** Go, and nginx where it compares, take an IPv4 address within IPv6 (`::ffff:10.0.0.1`) for the IPv4 one. */
function networkText(groups: readonly number[], kept: number): string {
  if (groups.length === IPV4_GROUPS) return withPrefix(groups.join('.'), kept, 32);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).join(' ') === '0 0 0 0 0 65535') {
    return withPrefix([high >> 8, high & 255, low >> 8, low & 255].join('.'), kept - 96, 32);
  }
  return withPrefix(shortIPv6(groups.map(group => group.toString(16)).join(':')), kept, 128);
}

const withPrefix = (address: string, kept: number, bits: number): string =>
  kept === bits ? address : `${address}/${kept}`;
