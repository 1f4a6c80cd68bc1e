import type { Ingress } from '../resources/model.ts';
import { PREFIX } from './family.ts';
import { plannedAnnotations } from './planned.ts';

/** The annotations that keep somebody out, without the prefix; what only sets one of them up is not among them. */
const GUARDS: readonly string[] = [
  'auth-type',
  'auth-secret',
  ...Object.entries(plannedAnnotations)
    .filter(([, { meanwhile }]) => meanwhile === 'closed')
    .map(([name]) => name),
];

/** Whether an Ingress has an annotation that keeps somebody out. */
export function asksForGuard({ annotations }: Ingress): boolean {
  return GUARDS.some(name => (annotations[PREFIX + name] ?? '') !== '');
}
