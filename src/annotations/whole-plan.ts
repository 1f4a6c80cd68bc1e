import type { ControllerConfig } from '../options/config.ts';
import type { Applied } from '../routing/policies.ts';
import type { Family, OptionsContext, PlanContext } from './family.ts';
import { moduleTest, optionAskers, optionsOf } from './family-plan.ts';

/** Each family under the name of its policies, as `defineFamily` has checked. */
export type Found = Record<string, Applied<unknown>>;

/** What a plan for all of nginx is made of. */
export type WholeContext = Omit<PlanContext, 'ingress'> & Pick<OptionsContext, 'keep'>;

/** What options alone ask for. */
function found(families: readonly Family[], config: ControllerConfig, give: (family: Family) => unknown): Found {
  const all: Found = {};
  for (const family of families) {
    const asks = give(family);
    if (asks !== undefined) all[family.name] = { asks, from: optionAskers(family, config) };
  }
  return all;
}

/** Of nginx itself, or of all hosts. */
export function ofOptions(
  families: readonly Family[],
  scope: 'main' | 'http',
  { config, tables, report, keep }: WholeContext,
): Found {
  const context = {
    tables,
    report,
    written: (name: string) => config.written.get(name)?.field,
    source: (name: string) => config.written.get(name),
    keep,
    snippets: config.snippets ?? 'none',
    hasModule: moduleTest(config),
  };
  return found(families, config, family => family.gives[scope]?.(optionsOf(family, config), context));
}

/** Where requests go that no Ingress takes. */
export function unclaimedOf(families: readonly Family[], config: ControllerConfig): Found {
  return found(families, config, family => family.gives.unclaimed?.(optionsOf(family, config)));
}
