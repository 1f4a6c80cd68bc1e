import { networkOf } from '../options/networks.ts';
import { allAddresses, networkWithHostBits, openNetwork } from './rules/networks.ts';
import type { Weakness } from '../options/weak-value.ts';

const EVERYBODY = { '0.0.0.0/0': 'IPv4', '::/0': 'IPv6' } as const;

interface Entry {
  readonly written: string;
  /** As nginx reads it; undefined where it is none, which is said elsewhere. */
  readonly network: string | undefined;
  readonly isOfAll: boolean;
}

function entriesOf(text: string): readonly Entry[] {
  const words = text.split(',').map(word => word.trim());
  return words
    .filter(word => word !== '')
    .map(written => {
      const network = networkOf(written);
      return { written, network, isOfAll: network !== undefined && network in EVERYBODY };
    });
}

/** A network of all addresses that has another address in it: most likely a wrong length. */
function mistaken(entries: readonly Entry[], follows: string): Weakness | undefined {
  const wrong = entries.find(({ written, isOfAll }) => isOfAll && /[1-9a-f]/i.test(written.replace(/\/.*/, '')));
  if (wrong === undefined) return undefined;
  const { written } = wrong;
  const address = written.replace(/\/.*/, '');
  return {
    rule: openNetwork,
    says: `has "${written}", which stands for all addresses: ${follows}`,
    help: `write how many bits count, such as "${address}/${address.includes(':') ? 64 : 24}", or "${address}" alone`,
  };
}

function withHostBits(entries: readonly Entry[]): Weakness | undefined {
  const found = entries.find(
    ({ written, network, isOfAll }) =>
      network?.includes('/') === true &&
      !isOfAll &&
      networkOf(written.replace(/\/.*/, '')) !== network.replace(/\/.*/, ''),
  );
  if (found === undefined) return undefined;
  return {
    rule: networkWithHostBits,
    says: `has "${found.written}", which stands for all of ${found.network}`,
    help: `write "${found.network}", or "${found.written.replace(/\/.*/, '')}" for the one address`,
  };
}

/** A list of those who are let in. */
export function weakAllowList(text: string): Weakness | undefined {
  const entries = entriesOf(text);
  const wrong = mistaken(entries, 'everybody is let in');
  if (wrong !== undefined) return wrong;
  const open = entries.find(({ isOfAll }) => isOfAll);
  if (open === undefined) return withHostBits(entries);
  const { written } = open;
  const isIPv4 = !written.includes(':');
  const idle = entries.find(entry => !entry.isOfAll && entry.written.includes(':') !== isIPv4);
  const kind = isIPv4 ? 'IPv4' : 'IPv6';
  if (idle !== undefined) {
    const says = `has "${written}", which lets everybody in over ${kind}: "${idle.written}" has no effect`;
    return { rule: allAddresses, says, help: `remove "${written}", or all others` };
  }
  const isWhole = entries.some(entry => entry.isOfAll && entry.written.includes(':') === isIPv4);
  const others = isWhole ? 'lets everybody in' : `lets everybody in over ${kind}, and nobody else`;
  return {
    rule: allAddresses,
    severity: 'info',
    says: others,
    help: 'remove it, or name the networks of your clients',
  };
}

/** A list of those who are kept out. */
export function weakDenyList(text: string): Weakness | undefined {
  const entries = entriesOf(text);
  const wrong = mistaken(entries, 'everybody is kept out');
  if (wrong !== undefined) return wrong;
  const all = entries.find(({ isOfAll }) => isOfAll);
  if (all === undefined) return withHostBits(entries);
  const kind = all.written.includes(':') ? 'IPv6' : 'IPv4';
  const says = `has "${all.written}", which keeps everybody out over ${kind}`;
  return { rule: allAddresses, severity: 'info', says, help: 'name the networks that are to be kept out' };
}

/** A list of those for whom no limit holds. */
export function weakExemption(text: string): Weakness | undefined {
  const entries = entriesOf(text);
  const open = entries.find(({ isOfAll }) => isOfAll);
  if (open === undefined) return withHostBits(entries);
  const says = `has "${open.written}", which stands for all addresses: nobody is limited`;
  return { rule: openNetwork, says, help: 'name the networks that need no limit' };
}
