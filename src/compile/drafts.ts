import type { Report } from '../diagnostics/diagnostic.ts';
import type { EachMemory, IndexMemory, PickMemory } from '../diagnostics/each.ts';
import { indexEach, pickEach, rememberEachSteps } from '../diagnostics/each.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { rememberSteps } from '../diagnostics/remember.ts';
import type { ClaimsMemory, HostClaims } from './claims.ts';
import { gatherClaims } from './claims.ts';
import type { HostDraft } from './hosts.ts';
import { draftDefaultHost, draftHost, isCatchAll, reportDefaultBackends } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import { reportUnusedDefaultBackends } from './unused-default-backends.ts';

/** Hosts from one compilation to the next. */
export interface DraftMemory {
  readonly all: Map<'all', Remembered<readonly HostDraft[]>>;
  readonly claims: ClaimsMemory;
  readonly hosts: EachMemory<HostClaims, HostDraft>;
  readonly catchAlls: PickMemory<IngressPlan, IngressPlan>;
  readonly defaults: PickMemory<IngressPlan, IngressPlan>;
  readonly byHost: IndexMemory<HostDraft>;
}

export function createDraftMemory(): DraftMemory {
  return {
    all: new Map(),
    claims: { last: undefined },
    hosts: { last: undefined },
    catchAlls: { last: undefined },
    defaults: { last: undefined },
    byHost: { last: undefined },
  };
}

/**
 * Distributes the paths of all Ingresses over hosts, in the order of the servers. Hosts of which nothing has changed since
 * the last time are the same objects.
 *
 * @param plans the oldest first
 */
export function* draftHosts(
  plans: readonly IngressPlan[],
  report: Report,
  memory: DraftMemory | undefined,
): Steps<readonly HostDraft[]> {
  return yield* rememberSteps(memory?.all, 'all', { facts: plans, report }, (_, report) =>
    draftAll(plans, report, memory),
  );
}

function* draftAll(
  plans: readonly IngressPlan[],
  report: Report,
  memory: DraftMemory | undefined,
): Steps<readonly HostDraft[]> {
  const defaults = pickEach(memory?.defaults, plans, plan => (plan.ingress.defaultBackend ? plan : undefined));
  reportDefaultBackends(defaults, report);
  const claims = gatherClaims(plans, memory?.claims);
  const catchAlls = pickEach(memory?.catchAlls, defaults, plan => (isCatchAll(plan) ? plan : undefined));
  const first = draftDefaultHost(catchAlls, claims.ofDefault.claims, report);
  const isPauseDue = pauses();
  const making = { facts: [], report };
  const hosts = yield* rememberEachSteps(memory?.hosts, claims.hosts, making, function* (own, _, report) {
    const draft = draftHost(own.host, own.claims, report);
    if (isPauseDue(draft.paths.size)) yield;
    return draft;
  });
  const all = [first, ...hosts];
  reportUnusedDefaultBackends(defaults, () => indexEach(memory?.byHost, all, ({ host }) => host), report);
  return all;
}
