import { listed } from '../../diagnostics/words.ts';
import type { SourceRange } from '../../routing/policies/source-range.ts';
import type { ChangeKind } from './kinds.ts';

/** A network as its bits: those of an IPv6 address have an `x` before them. */
function bitsOf(text: string): string {
  const [address = '', length] = text.split('/');
  const bits = address.includes(':') ? bitsOfV6(address) : bitsOfV4(address, '');
  const head = address.includes(':') ? 'x' : '';
  return head + bits.slice(0, length === undefined ? bits.length : Number(length));
}

function bitsOfV4(address: string, before: string): string {
  return (
    before +
    address
      .split('.')
      .map(part => Number(part).toString(2).padStart(8, '0'))
      .join('')
  );
}

function bitsOfV6(address: string): string {
  const [left = '', right] = address.split('::');
  const [head, tail] = [partsOf(left), right === undefined ? [] : partsOf(right)];
  const gap = right === undefined ? '' : '0'.repeat(Math.max(0, 128 - (head.join('') + tail.join('')).length));
  return head.join('') + gap + tail.join('');
}

function partsOf(text: string): readonly string[] {
  if (text === '') return [];
  return text
    .split(':')
    .map(part => (part.includes('.') ? bitsOfV4(part, '') : Number.parseInt(part, 16).toString(2).padStart(16, '0')));
}

/** Whether all addresses of some networks are in one of others. */
function areWithin(inner: readonly string[], outer: readonly string[]): boolean {
  const wide = outer.map(bitsOf);
  return inner.every(each => {
    const bits = bitsOf(each);
    // Both halves of the addresses that there are.
    return wide.some(other => bits.startsWith(other) && bits.startsWith('x') === other.startsWith('x'));
  });
}

/** Equal for lists of the same addresses, in whatever order: without networks that another one has in it. */
export function sortedNetworks(networks: readonly string[]): readonly string[] {
  const all = networks.map(network => (network.includes(':') ? bitsOf(network) : `v${bitsOf(network)}`)).toSorted();
  const kept: string[] = [];
  for (const bits of all) {
    const last = kept.at(-1);
    // What it has in it follows at once.
    if (last === undefined || !bits.startsWith(last)) kept.push(bits);
  }
  return kept;
}

const ALL = ['0.0.0.0/0', '::/0'];

/** What becomes of those who get in. Networks that together are one are not put together: then it is a change. */
export function kindOfRanges(before: SourceRange | undefined, after: SourceRange | undefined): ChangeKind {
  if (after === undefined) return 'allow-list-removed';
  if (before === undefined) return 'allow-list-added';
  const [was, is] = [before.allowed ?? ALL, after.allowed ?? ALL];
  const isWider = areWithin(was, is) && areWithin(after.denied, before.denied);
  const isNarrower = areWithin(is, was) && areWithin(before.denied, after.denied);
  if (isWider && after.allowed === undefined && after.denied.length === 0) return 'allow-list-removed';
  if (isWider) return 'allow-list-widened';
  return isNarrower ? 'allow-list-narrowed' : 'allow-list-changed';
}

const MOST = 8;

export function rangeWords({ allowed, denied }: SourceRange): string {
  const parts = [
    ...(allowed === undefined ? [] : [`allowed ${listed(allowed, MOST)}`]),
    ...(denied.length === 0 ? [] : [`denied ${listed(denied, MOST)}`]),
  ];
  return parts.join('; ');
}
