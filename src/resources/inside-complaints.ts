import type { FieldPath } from '../diagnostics/place.ts';
import { quote } from './quote.ts';
import { linkLocalAddress, loopbackEndpoint, metadataAddress, oldLoopbackEndpoint } from './rules/inside.ts';
import type { Complaint, Subject } from './subject.ts';

/** An address and where it stands. */
export interface PlacedAddress {
  readonly address: string;
  readonly path: FieldPath;
}

/** Warns once of an object that leads to the machine itself: at the first such address, with the number of all. */
export function warnOfLoopback(subject: Subject, addresses: readonly PlacedAddress[]): void {
  const [first, ...others] = addresses;
  if (first === undefined) return;
  const isOld = subject.document.apiVersion === 'discovery.k8s.io/v1beta1';
  const rule = isOld ? oldLoopbackEndpoint : loopbackEndpoint;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const message = `the endpoint ${quote(first.address)}${more} is on the machine that nginx runs on; a cluster would refuse it`;
  subject.complain({ rule, message, help: 'fine for local development only', path: first.path });
}

/** @param what such as `the external name` */
export function complainOfMetadata(what: string, value: string): Complaint {
  const message = `${what} ${quote(value)} leads to the metadata server of a cloud, which hands out credentials`;
  return { rule: metadataAddress, message, help: 'name another machine' };
}

/** @param what such as `the external name` */
export function complainOfLinkLocal(what: string, value: string): Complaint {
  const message = `${what} ${quote(value)} is a link-local address, which only machines of the same network reach`;
  return { rule: linkLocalAddress, message, help: 'name an address that others can reach' };
}
