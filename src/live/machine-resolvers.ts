import { isIP } from '../json/ip.ts';
import { readMachineFile } from './machine-file.ts';

/** So many DNS servers of /etc/resolv.conf count. Source: glibc, MAXNS. */
const MOST_SERVERS = 3;

/** The DNS servers of this machine, as nginx takes them: IPv6 in brackets. Empty where it names none. */
export function machineResolvers(path = '/etc/resolv.conf'): readonly string[] {
  const servers = readMachineFile(path).matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gm);
  const addresses = [...servers].map(([, address = '']) => address);
  // nginx takes no zone (`fe80::1%eth0`).
  const usable = [...new Set(addresses)].filter(address => isIP(address) !== 0 && !address.includes('%'));
  return usable.slice(0, MOST_SERVERS).map(address => (address.includes(':') ? `[${address}]` : address));
}
