import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Claim, HostDraft } from './hosts.ts';
import { claimsByHost, DEFAULT_HOST, draftDefaultHost, draftHost, reportDefaultBackends } from './hosts.ts';
import { isHostPattern } from '../routing/hosts.ts';
import type { IngressPlan } from './plan.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import { reportUnusedDefaultBackends } from './unused-default-backends.ts';

/** A host as it was drafted, and what it was made of. */
interface KnownDraft {
  readonly draft: HostDraft;
  readonly claims: readonly Claim[];
  readonly findings: readonly Finding[];
}

/** The hosts of the last compilation. */
export interface DraftMemory {
  plans: readonly IngressPlan[];
  /** In order; the default server is not among them. */
  hosts: ReadonlyMap<string, KnownDraft>;
  all: readonly HostDraft[];
  findings: readonly Finding[];
}

export function createDraftMemory(): DraftMemory {
  return { plans: [], hosts: new Map(), all: [], findings: [] };
}

function isCurrent({ claims }: KnownDraft, now: readonly Claim[]): boolean {
  if (claims.length !== now.length) return false;
  return claims.every(({ plan, rule }, index) => plan === now[index]?.plan && rule === now[index].rule);
}

function draftAnew(host: string, claims: readonly Claim[]): KnownDraft {
  const { report, diagnostics } = collect();
  return { draft: draftHost(host, claims, report), claims, findings: diagnostics };
}

/** The hosts in ASCII order, patterns first, but for the default server; most of the time they are those that were there before. */
function inOrder(byHost: ReadonlyMap<string, unknown>, before: ReadonlyMap<string, unknown>): readonly string[] {
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
  memory: DraftMemory,
): Steps<readonly HostDraft[]> {
  const isSame = plans.length === memory.plans.length && plans.every((plan, index) => plan === memory.plans[index]);
  if (!isSame || memory.all.length === 0) Object.assign(memory, yield* draftAll(plans, memory));
  for (const found of memory.findings) report(found);
  return memory.all;
}

function* draftAll(plans: readonly IngressPlan[], before: DraftMemory): Steps<DraftMemory> {
  const { report, diagnostics } = collect();
  reportDefaultBackends(plans, report);
  const byHost = claimsByHost(plans);
  const all = [draftDefaultHost(plans, byHost.get(DEFAULT_HOST) ?? [], report)];
  const hosts = new Map<string, KnownDraft>();
  const isPauseDue = pauses();
  for (const host of inOrder(byHost, before.hosts)) {
    const claims = byHost.get(host) ?? [];
    const last = before.hosts.get(host);
    const known = last !== undefined && isCurrent(last, claims) ? last : draftAnew(host, claims);
    hosts.set(host, known);
    for (const found of known.findings) report(found);
    all.push(known.draft);
    if (isPauseDue(known.draft.paths.size)) yield;
  }
  reportUnusedDefaultBackends(plans, all, report);
  return { plans, hosts, all, findings: diagnostics };
}
