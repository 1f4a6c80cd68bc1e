import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationName, annotationText } from './annotation-ref.ts';
import { CONTRADICTIONS } from './contradictions.ts';
import { reportContradictions } from './report-contradictions.ts';
import { reportWeaknesses } from './report-weaknesses.ts';
import { saidBy } from './said.ts';
import { WEAKNESSES } from './weaknesses.ts';

const LOOKED_AT: ReadonlySet<string> = new Set([...Object.keys(CONTRADICTIONS), ...Object.keys(WEAKNESSES)]);

/** Says which annotations of an Ingress contradict each other, and which open more than it looks. Most do neither. */
export function reportValues(ingress: Ingress, config: ControllerConfig, report: Report): void {
  const names: string[] = [];
  for (const key in ingress.annotations) {
    const name = annotationName(ingress, key);
    if (name !== undefined && LOOKED_AT.has(name) && annotationText(ingress, name) !== '') names.push(name);
  }
  if (names.length === 0) return;
  const said = saidBy(ingress, config);
  reportContradictions(ingress, names, said, report);
  reportWeaknesses(ingress, names, said, report);
}
