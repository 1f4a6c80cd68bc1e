import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Weakness } from '../options/weak-value.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationName, annotationRef, annotationText } from './annotation-ref.ts';
import type { Said } from './contradiction.ts';
import { isRefused, saidBy } from './said.ts';
import { WEAKNESSES } from './weaknesses.ts';

const BY_NAME = new Map(Object.entries(WEAKNESSES));

/** Says which annotations of an Ingress open more than it looks. Whatever is wrong with a text itself has been said. */
export function reportWeaknesses(ingress: Ingress, config: ControllerConfig, report: Report): void {
  let said: Said | undefined;
  for (const key in ingress.annotations) {
    const name = annotationName(ingress, key) ?? '';
    const check = BY_NAME.get(name);
    const text = check === undefined ? '' : annotationText(ingress, name);
    if (check === undefined || text === '') continue;
    said ??= saidBy(ingress, config);
    const weakness = check(text, said);
    if (weakness === undefined || isRefused(name, ingress)) continue;
    report(findingOf(weakness, name, ingress));
  }
}

function findingOf({ rule, severity, says, help }: Weakness, name: string, ingress: Ingress) {
  const message = `${name}${says.startsWith('"') ? ':' : ''} ${says}`;
  const at = annotationRef(ingress, name);
  return { rule, message, help, at, ...(severity === undefined ? {} : { severity }) };
}
