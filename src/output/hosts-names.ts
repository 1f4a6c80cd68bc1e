/** What the lines of a hosts file say of a name. */
export interface HostsEntry {
  readonly address: string;
  /** From 1. */
  readonly line: number;
}

/** What systems write into the file for themselves, and rely on. Source: Debian, Fedora and macOS as installed. */
const NAMES_OF_SYSTEMS: readonly string[] = [
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
  'ip6-localnet',
  'ip6-mcastprefix',
  'ip6-allnodes',
  'ip6-allrouters',
  'ip6-allhosts',
  'broadcasthost',
];

/** The entries of a hosts file by name, in lower case, each in the order of the lines. */
export function entriesOf(lines: readonly string[]): ReadonlyMap<string, readonly HostsEntry[]> {
  const entries = new Map<string, HostsEntry[]>();
  for (const [index, line] of lines.entries()) {
    const { address, names } = wordsOf(line);
    for (const name of names) {
      const entry = { address, line: index + 1 };
      const known = entries.get(name);
      if (known === undefined) entries.set(name, [entry]);
      else known.push(entry);
    }
  }
  return entries;
}

/**
 * The names by which this machine knows itself: to lead them elsewhere would break other programs. They are its host
 * name, whatever else a line of its hosts file with that name has, and what every system has.
 */
export function namesOfMachine(hostname: string, lines: readonly string[]): ReadonlySet<string> {
  const own = hostname.toLowerCase();
  const [short = own] = own.split('.');
  const isOwn = (name: string): boolean => name === own || name === short;
  const aliases = lines.map(line => wordsOf(line).names).filter(names => names.some(isOwn));
  return new Set([...NAMES_OF_SYSTEMS, own, short, ...aliases.flat()]);
}

function wordsOf(line: string): { readonly address: string; readonly names: readonly string[] } {
  const [content = ''] = line.split('#', 1);
  const [address = '', ...names] = content
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  return { address, names };
}
