import { isIPv4 } from 'node:net';
import { specialRange } from './addresses.ts';

/**
 * Whether a name leads to the machine that resolves it. Resolvers answer `localhost` and all names below it
 * themselves (RFC 6761, 6.3), and read numbers in the manner of inet_aton: one to four parts, each decimal, octal
 * (`0177`) or hexadecimal (`0x7f`), the last one filling the rest. `0` is the machine itself, too.
 */
export function isLoopbackName(name: string): boolean {
  const bare = name.replace(/\.$/, '').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  const range = specialRange(numericAddress(bare) ?? bare);
  return range === 'loopback' || range === 'unspecified';
}

/** The IPv4 address that inet_aton reads, in its usual form. */
function numericAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const parts = text.split('.').map(numberOfPart);
  const last = parts.pop();
  if (last === undefined || parts.length > 3) return undefined;
  const rest = 256 ** (4 - parts.length);
  if (!(last < rest) || !parts.every(part => part < 256)) return undefined;
  const value = parts.reduce((sum, part, index) => sum + part * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** NaN when it is no number. */
function numberOfPart(part: string): number {
  if (/^0x[0-9a-f]+$/.test(part)) return Number.parseInt(part, 16);
  if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9]\d*$/.test(part) ? Number(part) : Number.NaN;
}
