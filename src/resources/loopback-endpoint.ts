import type { FieldPath } from '../diagnostics/place.ts';
import { specialRange } from './addresses.ts';
import { isLoopbackName } from './loopback-name.ts';
import { quote } from './quote.ts';
import { loopbackEndpoint } from './rules.ts';
import type { Subject } from './subject.ts';

/** Warns once of an object that leads to the machine itself: at the first such address, with the number of all. */
export function checkLoopback(subject: Subject, addresses: Iterable<readonly [string, FieldPath]>): void {
  let first: readonly [string, FieldPath] | undefined;
  let others = -1;
  for (const entry of addresses) {
    if (!leadsHome(entry[0])) continue;
    first ??= entry;
    others++;
  }
  if (first === undefined) return;
  const [address, path] = first;
  const more = others > 0 ? ` (and ${others} more)` : '';
  const message = `the endpoint ${quote(address)}${more} is on the machine that nginx runs on; a cluster would refuse it`;
  subject.complain({ rule: loopbackEndpoint, message, help: 'fine for local development only', path });
}

/** Linux connects to the unspecified address as to loopback. */
function leadsHome(address: string): boolean {
  if (address === '') return false;
  const range = specialRange(address);
  return range === 'loopback' || range === 'unspecified' || (range === undefined && isLoopbackName(address));
}
