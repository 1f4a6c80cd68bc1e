import type { Askers } from '../routing/policies.ts';
import type { Statement } from '../routing/snippets.ts';
import type { FamilyPlan } from './family-plan.ts';

export interface StreamPart {
  readonly statements: readonly Statement[];
  readonly from: Askers;
}

const NO_PARTS: readonly StreamPart[] = [];

export function streamOf(plans: readonly FamilyPlan[]): readonly StreamPart[] {
  if (plans.every(({ family }) => family.gives.stream === undefined)) return NO_PARTS;
  return plans.flatMap(({ family, asked, from }) => {
    const statements = family.gives.stream?.(asked) ?? [];
    return statements.length === 0 ? [] : [{ statements, from }];
  });
}
