import type { ClusterMemory } from '../cluster/cluster.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import type { Ingress } from '../resources/model.ts';
import type { Upstream } from '../routing/model.ts';
import type { AliasMemory } from './aliases.ts';
import type { CertificateMemory } from './certificates.ts';
import type { OptionsMemory } from './controller-options.ts';
import type { DifferenceMemory } from './differences.ts';
import type { DraftMemory } from './drafts.ts';
import { createDraftMemory } from './drafts.ts';
import type { JoinMemory } from './joined-hosts.ts';
import type { PassthroughMemory } from './passthroughs.ts';
import type { IngressPlan, PlanMemory } from './plan.ts';
import type { ServerMemory } from './servers.ts';
import type { SplitMemory } from './splits.ts';
import { createSplitMemory } from './splits.ts';
import type { StreamSnippetMemory } from './stream-snippets.ts';
import type { ClaimMemory } from './upstream-claims.ts';
import type { TlsMemory } from './tls.ts';
import type { UnshownMemory } from './unshown-certificates.ts';
import type { UpstreamMemory } from './upstreams.ts';
import type { WwwMemory } from './www-servers.ts';

/**
 * What one compilation leaves to the next, so that a change costs what it changes. Everything in it stands beside what it
 * was made of, and is used only while that is the same: objects of the input by their identity, settings by their value.
 * It belongs to one row of compilations; two that run in turns would undo each other's work, no more. A compilation that
 * none follows has no memory, and notes nothing.
 */
export interface CompileMemory {
  readonly cluster: ClusterMemory;
  readonly options: OptionsMemory;
  readonly plans: PlanMemory;
  readonly differences: DifferenceMemory;
  /** Those that take no share. */
  readonly mains: PickMemory<IngressPlan, IngressPlan>;
  readonly drafts: DraftMemory;
  readonly certificates: CertificateMemory;
  readonly tls: TlsMemory;
  readonly unshown: UnshownMemory;
  readonly unissued: PickMemory<Ingress, readonly Finding[]>;
  readonly joins: JoinMemory;
  readonly claims: ClaimMemory;
  readonly upstreams: UpstreamMemory;
  readonly splits: SplitMemory;
  readonly www: WwwMemory;
  readonly aliases: AliasMemory;
  readonly passthroughs: PassthroughMemory;
  /** Those that are reached by a name. */
  readonly named: PickMemory<Upstream, Upstream>;
  readonly streamSnippets: StreamSnippetMemory;
  readonly servers: ServerMemory;
}

const nothing = (): { last: undefined } => ({ last: undefined });

export function createCompileMemory(): CompileMemory {
  return {
    cluster: { last: undefined },
    options: new Map(),
    plans: new WeakMap(),
    differences: nothing(),
    mains: nothing(),
    drafts: createDraftMemory(),
    certificates: new WeakMap(),
    tls: { hosts: nothing(), byHost: nothing(), wildcards: nothing() },
    unshown: { asking: nothing(), said: nothing() },
    unissued: nothing(),
    joins: { all: new Map(), closed: new WeakMap() },
    claims: { settled: new Map(), asking: nothing(), leads: nothing() },
    upstreams: {
      backends: { run: 0, state: undefined, byKey: new Map() },
      used: [],
      all: [],
    },
    splits: createSplitMemory(),
    www: { asking: nothing(), servers: new Map() },
    aliases: { plans: nothing(), hosts: nothing(), byHost: nothing() },
    passthroughs: nothing(),
    named: nothing(),
    streamSnippets: nothing(),
    servers: { made: nothing(), withFiles: nothing() },
  };
}
