import type { PlainValue } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Protocol } from './model.ts';
import { objectOf, textOf } from './plain.ts';
import { quote } from './quote.ts';
import { duplicateEntry, missingField } from './rules/fields.ts';
import type { Subject } from './subject.ts';

/** TCP where the manifest has none. */
export function protocolOf(protocol: PlainValue | undefined): Protocol {
  return protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';
}

/** Where there are several ports, each needs a name. */
export function checkPortsAreNamed(subject: Subject, ports: readonly PlainValue[], path: FieldPath): void {
  if (ports.length < 2) return;
  for (const [index, value] of ports.entries()) {
    const { name } = objectOf(value);
    if (name !== undefined && name !== null && name !== '') continue;
    const where = name === '' ? [...path, index, 'name'] : [...path, index];
    const message = 'this port has no name, and there are several ports';
    subject.complain({ rule: missingField, message, help: 'add a `name` such as "http"', path: where });
  }
}

export interface DistinctNames {
  readonly ports: readonly PlainValue[];
  readonly path: FieldPath;
  /** Whether two ports without a name count as equal. */
  readonly isEmptyAName: boolean;
}

export function checkPortNamesDiffer(subject: Subject, { ports, path, isEmptyAName }: DistinctNames): void {
  if (ports.length < 2) return;
  const seen = new Set<string>();
  for (const [index, value] of ports.entries()) {
    const port = objectOf(value);
    const name = textOf(port['name']);
    if (name === '' && !isEmptyAName) continue;
    if (seen.has(name)) {
      const message = name === '' ? 'another port has no name either' : `another port has the name ${quote(name)}`;
      const where = 'name' in port ? [...path, index, 'name'] : [...path, index];
      subject.complain({ rule: duplicateEntry, message, help: 'give it a name of its own', path: where });
    }
    seen.add(name);
  }
}
