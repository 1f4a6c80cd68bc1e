const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?=\d)|$)){4}$/;

/**
 * The four bytes of an IPv4 address, the sixteen of an IPv6 one; undefined for what is neither. An IPv4 address within
 * IPv6 (`::ffff:10.0.0.1`) is the IPv4 one, as nginx compares it.
 */
export function addressBytes(text: string): readonly number[] | undefined {
  if (IPV4.test(text)) return text.split('.').map(Number);
  const groups = ipv6Groups(text);
  if (groups === undefined) return undefined;
  const bytes = groups.flatMap(group => [group >> 8, group & 255]);
  const isMapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return isMapped ? bytes.slice(12) : bytes;
}

/** The eight groups of an IPv6 address. */
function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = withoutIpv4(text)?.split('::') ?? [];
  if (halves.length === 0 || halves.length > 2) return undefined;
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1) return missing === 0 ? head : undefined;
  return missing < 1 ? undefined : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** The same address with its IPv4 end, if it has one, as two groups. */
function withoutIpv4(text: string): string | undefined {
  const end = text.lastIndexOf(':') + 1;
  const last = text.slice(end);
  if (end === 0) return undefined;
  if (!last.includes('.')) return text;
  if (!IPV4.test(last)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = last.split('.').map(Number);
  return `${text.slice(0, end)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every(group => /^[\da-f]{1,4}$/i.test(group))
    ? groups.map(group => Number.parseInt(group, 16))
    : undefined;
}

/** Whether an address is the network, or lies in it (`10.0.0.0/8`, `2001:db8::/32`, `10.0.0.1`, `all`). */
export function isWithin(address: string, network: string): boolean {
  if (network === 'all') return true;
  const [base = '', prefix] = network.split('/');
  const [one, other] = [addressBytes(address), addressBytes(base)];
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  const bits = prefix === undefined ? one.length * 8 : Number(prefix);
  return one.every((byte, index) => {
    const shift = 8 - Math.min(Math.max(bits - index * 8, 0), 8);
    return byte >> shift === (other[index] ?? 0) >> shift;
  });
}
