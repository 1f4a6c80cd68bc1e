import { readFileSync } from 'node:fs';

import { isIP } from '../json/ip.ts';
import { insideOfAddress } from '../resources/inside.ts';
import { isSystemError } from '../output/disk.ts';
import { editBlock } from '../output/hosts-block.ts';

/** So many DNS servers of /etc/resolv.conf count. Source: glibc, MAXNS. */
const MOST_SERVERS = 3;

/** The DNS servers of this machine, as nginx takes them: IPv6 in brackets. Empty where it names none. */
export function machineResolvers(path = '/etc/resolv.conf'): readonly string[] {
  const servers = read(path).matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gm);
  const addresses = [...servers].map(([, address = '']) => address);
  // nginx takes no zone (`fe80::1%eth0`).
  const usable = [...new Set(addresses)].filter(address => isIP(address) !== 0 && !address.includes('%'));
  return usable.slice(0, MOST_SERVERS).map(address => (address.includes(':') ? `[${address}]` : address));
}

type Names = ReadonlyMap<string, readonly string[]>;

/**
 * The names in the hosts file of this machine, which no DNS server knows, with their addresses; those in our own block
 * lead to nginx itself, and do not count. The file is read when somebody asks.
 */
export function localNames(path = '/etc/hosts'): Pick<Names, 'get'> {
  let names: Names | undefined;
  return { get: name => (names ??= namesIn(read(path))).get(name) };
}

/** Loopback is where a machine has itself and names for tests. No manifest leads to what else is closed to all of them. */
function mayBeReached(address: string): boolean {
  const inside = insideOfAddress(address);
  return isIP(address) !== 0 && !address.includes('%') && (inside === undefined || inside === 'loopback');
}

function namesIn(text: string): Names {
  const without = editBlock(text, []);
  const names = new Map<string, readonly string[]>();
  for (const line of (without.kind === 'edited' ? without.text : text).split('\n')) {
    const [address = '', ...words] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!mayBeReached(address)) continue;
    for (const word of words) {
      const name = word.toLowerCase();
      names.set(name, [...new Set([...(names.get(name) ?? []), address])]);
    }
  }
  return names;
}

/** Nothing where there is no such file, or nobody may read it: then nginx finds nothing there either. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}
