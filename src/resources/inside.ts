import { isIPv4, isIPv6 } from '../json/ip.ts';
import { rangeOfIPv4, specialRange } from './addresses.ts';

/** What a name or an address leads to that must not be reached from outside. */
export type Inside = 'loopback' | 'link-local' | 'metadata';

/** Names that hosts files and distributions give the machine itself, besides `localhost` and what is below it. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
  'ip4-loopback',
  'loopback',
  'localtest.me',
  'lvh.me',
]);

/** Domains all of whose names lead to the machine itself. */
const LOOPBACK_DOMAINS = ['.localhost', '.localhost.localdomain', '.localtest.me', '.lvh.me'];

/** Domains whose names hold the address that they lead to: `10.0.0.1.nip.io`, `app-10-0-0-1.sslip.io`. */
const ADDRESS_DOMAINS = ['.nip.io', '.sslip.io', '.xip.io'];

/** Names of the servers that hand out the credentials of a machine in a cloud. */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.goog',
  'metadata.google.internal',
  'metadata.azure.internal',
  'metadata.azure.com',
  'metadata.oraclecloud.com',
  'metadata.tencentyun.com',
  'metadata.packet.net',
  'metadata.platformequinix.com',
  'api.metadata.cloud.ibm.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

/**
 * Their addresses, in the form that nginx and WHATWG URLs write, and those of other services of a cloud that trust
 * whoever reaches them: AWS (also for containers, pods and time), Google, Azure, Alibaba, Oracle, Scaleway, OpenStack.
 */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.169.253',
  '169.254.169.123',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.42.42',
  '169.254.0.23',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::23',
  'fd00:ec2::123',
  'fd00:ec2::253',
  'fd00:ec2::254',
  'fd20:ce::254',
  'fd00:42::42',
  'fe80::a9fe:a9fe',
]);

/**
 * Whether an address is like those of nearly all pods and Services: IPv4, and it leads to no place of its own. Nothing
 * that is said of addresses is said of these, so that they need no other look.
 */
export function isOrdinaryIPv4(address: string): boolean {
  return isIPv4(address) && rangeOfIPv4(address) === undefined && !METADATA_ADDRESSES.has(address);
}

/** Where an IP address leads to, in any form that a socket takes. */
export function insideOfAddress(address: string): Inside | undefined {
  const plain = plainAddress(address);
  if (plain === undefined) return undefined;
  if (METADATA_ADDRESSES.has(plain)) return 'metadata';
  const range = specialRange(plain);
  // Linux connects to the unspecified address as to loopback.
  if (range === 'loopback' || range === 'unspecified') return 'loopback';
  return range === 'link-local' ? range : undefined;
}

/**
 * Where a name leads to, as far as the name itself says so. Resolvers answer `localhost` and all names below it
 * themselves (RFC 6761, 6.3), and read numbers in the manner of inet_aton: one to four parts, each decimal, octal
 * (`0177`) or hexadecimal (`0x7f`), the last one filling the rest. What is no name cannot be looked up.
 */
export function insideOfName(name: string): Inside | undefined {
  const bare = name.replace(/\.$/, '').toLowerCase();
  if (LOOPBACK_NAMES.has(bare) || LOOPBACK_DOMAINS.some(end => bare.endsWith(end))) return 'loopback';
  if (METADATA_NAMES.has(bare)) return 'metadata';
  return insideOfAddress(bare.replace(/^\[(.*)\]$/, '$1')) ?? insideOfAddress(addressWithin(bare) ?? '');
}

/** IPv4 as four numbers, also where IPv6 holds it; IPv6 in its shortest form. */
function plainAddress(text: string): string | undefined {
  const number = numericAddress(text);
  if (number !== undefined) return number;
  const withoutZone = text.replace(/%.*$/, '');
  if (!isIPv6(withoutZone)) return undefined;
  const short = new URL(`http://[${withoutZone}]/`).hostname.slice(1, -1);
  const [, high, low] = /^(?:::ffff:|64:ff9b::|::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  return dotted(Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16));
}

/** The address that a name of a domain of addresses holds: with dots or dashes, or as eight hexadecimal digits. */
function addressWithin(name: string): string | undefined {
  const domain = ADDRESS_DOMAINS.find(end => name.endsWith(end));
  if (domain === undefined) return undefined;
  const rest = name.slice(0, -domain.length);
  const parts = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})$/.exec(rest)?.slice(1);
  const hex = /(?:^|[.-])([0-9a-f]{8})$/.exec(rest)?.[1];
  if (parts !== undefined) return parts.join('.');
  if (hex !== undefined) return dotted(Number.parseInt(hex, 16));
  const six = rest.split('.').at(-1)?.replaceAll('-', ':') ?? '';
  return isIPv6(six) ? six : undefined;
}

/** The IPv4 address that inet_aton reads, in its usual form. */
function numericAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const parts = text.split('.').map(numberOfPart);
  const last = parts.pop();
  if (last === undefined || parts.length > 3) return undefined;
  const rest = 256 ** (4 - parts.length);
  if (!(last < rest) || !parts.every(part => part < 256)) return undefined;
  return dotted(parts.reduce((sum, part, index) => sum + part * 256 ** (3 - index), last));
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** NaN when it is no number. */
function numberOfPart(part: string): number {
  if (/^0x[0-9a-f]+$/.test(part)) return Number.parseInt(part, 16);
  if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9]\d*$/.test(part) ? Number(part) : Number.NaN;
}
