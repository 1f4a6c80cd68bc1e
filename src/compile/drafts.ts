import type { Report } from '../diagnostics/diagnostic.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { remember, rememberSteps } from '../diagnostics/remember.ts';
import type { HostDraft } from './hosts.ts';
import { claimsByHost } from './claims.ts';
import { DEFAULT_HOST, draftDefaultHost, draftHost, reportDefaultBackends } from './hosts.ts';
import { isHostPattern } from '../routing/hosts.ts';
import type { IngressPlan } from './plan.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import { reportUnusedDefaultBackends } from './unused-default-backends.ts';

/** The hosts of the last compilation. */
export interface DraftMemory {
  readonly all: Map<'all', Remembered<readonly HostDraft[]>>;
  /** In order; the default server is not among them. */
  hosts: Map<string, Remembered<HostDraft>>;
}

export function createDraftMemory(): DraftMemory {
  return { all: new Map(), hosts: new Map() };
}

const NO_HOSTS: ReadonlyMap<string, unknown> = new Map();

/** The hosts in ASCII order, patterns first, but for the default server; most of the time they are those that were there before. */
function inOrder(
  byHost: ReadonlyMap<string, unknown>,
  before: ReadonlyMap<string, unknown> = NO_HOSTS,
): readonly string[] {
  const names: string[] = [];
  for (const host of before.keys()) if (byHost.has(host)) names.push(host);
  const isSame = names.length === before.size && names.length === byHost.size - 1;
  if (isSame) return names;
  for (const host of byHost.keys()) if (host !== DEFAULT_HOST && !before.has(host)) names.push(host);
  const sorted = names.toSorted();
  const patterns = sorted.filter(isHostPattern);
  return patterns.length === 0 ? sorted : [...patterns, ...sorted.filter(host => !isHostPattern(host))];
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
  reportDefaultBackends(plans, report);
  const byHost = claimsByHost(plans);
  const all = [draftDefaultHost(plans, byHost.get(DEFAULT_HOST) ?? [], report)];
  const hosts = memory && new Map<string, Remembered<HostDraft>>();
  const isPauseDue = pauses();
  for (const host of inOrder(byHost, memory?.hosts)) {
    const claims = byHost.get(host) ?? [];
    const last = memory?.hosts.get(host);
    // In the order of now, so that they need no sorting the next time.
    if (last !== undefined) hosts?.set(host, last);

    const draft = remember(hosts, host, { facts: claims, report }, (_, report) => draftHost(host, claims, report));
    all.push(draft);
    if (isPauseDue(draft.paths.size)) yield;
  }
  if (memory !== undefined && hosts !== undefined) memory.hosts = hosts;
  reportUnusedDefaultBackends(plans, all, report);
  return all;
}
