import type { PolicyPlan } from '../annotations/plan.ts';
import { statementsOfOption } from '../annotations/snippets.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Routing, StreamSnippet } from '../routing/model.ts';
import type { IngressPlan } from './plan.ts';

/** Those of Ingresses, from one compilation to the next. */
export type StreamSnippetMemory = PickMemory<IngressPlan, PolicyPlan['stream']>;

function partsOf({ policies }: IngressPlan): PolicyPlan['stream'] | undefined {
  return policies === undefined || policies.stream.length === 0 ? undefined : policies.stream;
}

const OPTION = 'stream-snippet';

/** What stands in stream{}: that of the Ingresses, in their order, then that of the ConfigMap. */
export function streamSnippetsOf(
  plans: readonly IngressPlan[],
  config: ControllerConfig,
  memory: StreamSnippetMemory | undefined,
): Pick<Routing, 'streamSnippets'> {
  const own = pickEach(memory, plans, partsOf).flat();
  const text = config.values[OPTION];
  const at = config.written.get(OPTION);
  const ofAll = typeof text === 'string' ? statementsOfOption(OPTION, text, 'stream', config.snippets ?? 'none') : [];
  const parts = own.map(({ statements, from }): StreamSnippet => {
    return { statements, from: from.flatMap(asker => (asker.by === 'default' ? [] : [asker.at])) };
  });
  if (ofAll.length > 0) parts.push({ statements: ofAll, from: at === undefined ? [] : [at] });
  return parts.length === 0 ? {} : { streamSnippets: parts };
}
