import type { NotedDifference } from '../annotations/family-plan.ts';
import { differencesOf } from '../annotations/family-plan.ts';
import { options } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { IngressPlan } from './plan.ts';
import { behaviourDifference } from './rules/differences.ts';

/** What is said of Ingresses, from one compilation to the next. */
export type DifferenceMemory = PickMemory<IngressPlan, readonly NotedDifference[]>;

function differsOf({ policies }: IngressPlan): readonly NotedDifference[] | undefined {
  return policies === undefined || policies.differs.length === 0 ? undefined : policies.differs;
}

/** Says once for each annotation and option what nginx does otherwise than the controller, where it is first asked for. */
export function reportDifferences(
  plans: readonly IngressPlan[],
  config: ControllerConfig,
  { report, memory }: { readonly report: Report; readonly memory: DifferenceMemory | undefined },
): void {
  const said = new Set<string>();
  const note = ({ name, says, at }: NotedDifference): void => {
    const message = `${name}: ${says}`;
    if (said.has(message)) return;
    said.add(message);
    report({ rule: behaviourDifference, message, at });
  };
  const placeOf = (name: string): FieldRef | undefined => config.written.get(name)?.field;
  differencesOf(Object.keys(options), options, placeOf, config.values).forEach(note);
  for (const differs of pickEach(memory, plans, differsOf)) differs.forEach(note);
}
