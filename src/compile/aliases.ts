import type { Aliases } from '../annotations/names-plan.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { IndexMemory, PickMemory } from '../diagnostics/each.ts';
import { indexEach, pickEach } from '../diagnostics/each.ts';
import type { Table } from '../diagnostics/remember.ts';
import { objectText } from '../diagnostics/place.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Server } from '../routing/model.ts';
import type { HostDraft } from './hosts.ts';
import { shownHost } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import { hostAnnotationConflict } from './rules/server-policies.ts';

/** The further names of hosts, with blanks between them. */
export type AliasTable = Table<string, string>;

/** Who asks for further names, from one compilation to the next. */
export interface AliasMemory {
  readonly plans: PickMemory<IngressPlan, IngressPlan>;
  readonly hosts: PickMemory<HostDraft, HostDraft>;
  readonly byHost: IndexMemory<HostDraft>;
}

const NONE: AliasTable = { get: () => '' };

function asks({ policies }: IngressPlan): boolean {
  return policies?.aliases !== undefined;
}

interface Asking {
  readonly draft: HostDraft;
  readonly plan: IngressPlan;
  readonly aliases: Aliases;
}

function reportLost({ plan, aliases, draft }: Asking, problem: string, report: Report): void {
  const [asker] = askingAnnotations(aliases.from);
  if (asker === undefined) return;
  report({
    rule: hostAnnotationConflict,
    message: `${asker.name} of ${shownHost(draft)}: ${problem}`,
    help: `remove it from ${objectText(plan.ingress)}`,
    at: asker.at.field,
  });
}

/** Of the Ingresses of a host, the first that has any. */
function askingFor(draft: HostDraft, report: Report): readonly Asking[] {
  const all = draft.plans.flatMap((plan): readonly Asking[] => {
    const aliases = plan.policies?.aliases;
    return aliases === undefined ? [] : [{ draft, plan, aliases }];
  });
  const [first, ...others] = all;
  if (first === undefined) return [];
  for (const other of others) {
    if (JSON.stringify(other.aliases.names) === JSON.stringify(first.aliases.names)) continue;
    reportLost(other, `${objectText(first.plan.ingress)} decides about its further names`, report);
  }
  return [first];
}

/**
 * Gives every further name to one host: a name that is a host itself stays what it is, and of several that want it the
 * oldest Ingress has it. nginx would take the first, and warn.
 *
 * @param plans the oldest first
 */
export function settleAliases(
  plans: readonly IngressPlan[],
  hosts: readonly HostDraft[],
  www: readonly Server[],
  { report, memory }: { readonly report: Report; readonly memory: AliasMemory | undefined },
): AliasTable {
  const askingPlans = pickEach(memory?.plans, plans, plan => (asks(plan) ? plan : undefined));
  if (askingPlans.length === 0) return NONE;
  const ranks = new Map(askingPlans.map((plan, rank) => [plan, rank]));
  const asking = pickEach(memory?.hosts, hosts, draft => (draft.plans.some(asks) ? draft : undefined))
    .flatMap(draft => askingFor(draft, report))
    .toSorted((a, b) => (ranks.get(a.plan) ?? 0) - (ranks.get(b.plan) ?? 0));
  const byHost = indexEach(memory?.byHost, hosts, ({ host }) => host);
  const owners = new Map(www.map(({ host }) => [host, host]));
  const found = new Map<string, string>();
  for (const each of asking) {
    const { host } = each.draft;
    const own: string[] = [];
    for (const name of each.aliases.names) {
      const owner = byHost.has(name) ? name : owners.get(name);
      if (owner === undefined) own.push(name);
      else if (owner !== host)
        reportLost(each, `"${name}" is ${owner === name ? 'a host itself' : `one of ${owner}`}`, report);
      owners.set(name, owner ?? host);
    }
    found.set(host, own.join(' '));
  }
  return { get: host => found.get(host) ?? '' };
}
