import { isIP } from '../json/ip.ts';
import { insideOfAddress } from '../resources/inside.ts';
import { editBlock } from '../output/hosts-block.ts';
import { readMachineFile } from './machine-file.ts';

type Names = ReadonlyMap<string, readonly string[]>;

/**
 * The names in the hosts file of this machine, which no DNS server knows, with their addresses; those in our own block
 * lead to nginx itself, and do not count. The file is read when somebody asks.
 */
export function localNames(path = '/etc/hosts'): Pick<Names, 'get'> {
  let names: Names | undefined;
  return { get: name => (names ??= namesIn(readMachineFile(path))).get(name) };
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
