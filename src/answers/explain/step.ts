import type { Provenance } from '../../diagnostics/provenance.ts';
import type { Cause, Step, StepName, StepVerdict } from './model.ts';

/** Fields of objects behind a step. */
export function fieldCauses(from: readonly Provenance[]): readonly Cause[] {
  return from.map(at => ({ kind: 'field', at }));
}

/** A step that the engine itself makes. */
export function step(
  name: StepName,
  verdict: StepVerdict,
  text: string,
  { details = [], causes = [] }: Partial<Pick<Step, 'details' | 'causes'>> = {},
): Step {
  return { name, verdict, text, details, causes };
}
