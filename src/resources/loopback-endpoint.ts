import type { FieldPath } from '../diagnostics/place.ts';
import { quote } from './quote.ts';
import { loopbackEndpoint } from './rules.ts';
import type { Subject } from './subject.ts';

/** An address and where it stands. */
export interface PlacedAddress {
  readonly address: string;
  readonly path: FieldPath;
}

/** Warns once of an object that leads to the machine itself: at the first such address, with the number of all. */
export function warnOfLoopback(subject: Subject, addresses: readonly PlacedAddress[]): void {
  const [first, ...others] = addresses;
  if (first === undefined) return;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const message = `the endpoint ${quote(first.address)}${more} is on the machine that nginx runs on; a cluster would refuse it`;
  subject.complain({ rule: loopbackEndpoint, message, help: 'fine for local development only', path: first.path });
}
