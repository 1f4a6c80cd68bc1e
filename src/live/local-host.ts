import { isIP } from '../json/ip.ts';

/**
 * Whether a Host header names this machine by an address or as localhost, whatever the port. A page on the web can make
 * its own name lead to 127.0.0.1 and then read what answers there (DNS rebinding), but its requests carry that name.
 */
export function isLocalHost(host: string): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  const address = /^\[(.*)\]$/.exec(name)?.[1] ?? name;
  return name === 'localhost' || isIP(address) !== 0;
}
