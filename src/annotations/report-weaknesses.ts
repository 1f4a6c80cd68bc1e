import type { Report } from '../diagnostics/diagnostic.ts';
import type { Weakness } from '../options/weak-value.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationRef } from './annotation-ref.ts';
import type { Said } from './contradiction.ts';
import { isRefused } from './said.ts';
import { WEAKNESSES } from './weaknesses.ts';

const BY_NAME = new Map(Object.entries(WEAKNESSES));

/**
 * Says which annotations of an Ingress open more than it looks. Whatever is wrong with a text itself has been said.
 *
 * @param names of those that have a text
 */
export function reportWeaknesses(ingress: Ingress, names: readonly string[], said: Said, report: Report): void {
  for (const name of names) {
    const weakness = BY_NAME.get(name)?.(said.text(name), said);
    if (weakness !== undefined && !isRefused(name, ingress)) report(findingOf(weakness, name, ingress));
  }
}

function findingOf({ rule, severity, says, help }: Weakness, name: string, ingress: Ingress) {
  const message = `${name}${says.startsWith('"') ? ':' : ''} ${says}`;
  const at = annotationRef(ingress, name);
  return { rule, message, help, at, ...(severity === undefined ? {} : { severity }) };
}
