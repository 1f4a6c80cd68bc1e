import type { Provenance } from '../../diagnostics/provenance.ts';
import type { Cause } from '../explain/model.ts';

/** The fields behind a part of a routing, as causes. */
export function fieldsOf(from: readonly Provenance[]): readonly Cause[] {
  return from.map(at => ({ kind: 'field', at }));
}
