import { annotationWithoutEffect } from '../annotations/rules/annotations.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import { askingAnnotations } from '../routing/askers.ts';
import { isHostPattern } from '../routing/hosts.ts';
import type { Passthrough } from '../routing/model.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { DEFAULT_HOST, keyOfPath } from './hosts.ts';
import { passthroughWithoutBackend } from './rules/passthrough.ts';
import { keyOfBackend, referenceOf } from './service-ports.ts';
import type { CompileSettings } from './settings.ts';
import type { Upstreams } from './upstreams.ts';

interface PassthroughContext {
  readonly settings: Pick<CompileSettings, 'withoutPassthrough'>;
  readonly upstreams: Pick<Upstreams, 'reachedBy'>;
  readonly report: Report;
}

/** Hosts that ask for it, from one compilation to the next. */
export type PassthroughMemory = PickMemory<HostDraft, Asking>;

/** A host, and whoever asks for it of its Ingresses. */
interface Asking {
  readonly draft: HostDraft;
  readonly from: readonly Provenance[];
}

function askingOf(draft: HostDraft): Asking | undefined {
  const from = draft.plans.flatMap(({ policies }) =>
    policies?.passesTls === undefined ? [] : askingAnnotations(policies.passesTls).map(({ at }) => at),
  );
  return from.length === 0 ? undefined : { draft, from };
}

/** Why TLS connections for a host end in nginx all the same. */
function whyIdle({ host }: HostDraft, { withoutPassthrough }: PassthroughContext['settings']): string | undefined {
  if (withoutPassthrough === true) return 'as --no-enable-ssl-passthrough says';
  if (host === DEFAULT_HOST) return 'TLS connections without a host end in nginx';
  return isHostPattern(host) || host.includes('*') ? 'only a whole name is passed through' : undefined;
}

const withHelp = ({ withoutPassthrough }: PassthroughContext['settings']): string =>
  withoutPassthrough === true ? 'leave the flag out, or remove the annotation' : 'remove it';

/** Where the path `/` of rules leads, whatever else is asked of it; a text says why it leads nowhere. */
function goalOf(root: PathDraft | undefined, { upstreams }: PassthroughContext): Passthrough['to'] | string {
  if (root?.origin !== 'rule' || root.plan === undefined) return 'it has no path "/" of type Prefix';
  const { plan, backend, closed } = root;
  const reason = plan.denied ?? plan.deniedHost ?? closed;
  if (reason !== undefined) return `its path "/" is closed: ${reason}`;
  const reference = referenceOf(plan.ingress, backend);
  if (reference === undefined) return 'its path "/" leads to no port of a Service';
  const { peers } = upstreams.reachedBy(reference);
  const service = keyOfBackend(reference);
  return peers === undefined ? `nobody is reached at ${service}` : { service, peers };
}

/**
 * The hosts whose TLS connections go to a backend as they are: one Ingress of a host that asks for it is enough.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getConfiguration and createServers.
 */
export function compilePassthroughs(
  hosts: readonly HostDraft[],
  context: PassthroughContext,
  memory: PassthroughMemory | undefined,
): readonly Passthrough[] {
  const { settings, report } = context;
  const found: Passthrough[] = [];
  for (const { draft, from } of pickEach(memory, hosts, askingOf)) {
    const [first] = from;
    if (first === undefined) continue;
    const { host } = draft;
    const at = first.field;
    const idle = whyIdle(draft, settings);
    if (idle !== undefined) {
      const shown = host === DEFAULT_HOST ? 'requests without a host' : host;
      const message = `ssl-passthrough has no effect on ${shown}: ${idle}`;
      report({ rule: annotationWithoutEffect, message, help: withHelp(settings), at });
      continue;
    }
    const goal = goalOf(draft.paths.get(keyOfPath('/', false)), context);
    if (typeof goal !== 'string' && goal !== undefined) {
      found.push({ host, to: goal, from });
      continue;
    }
    const message = `TLS connections for ${host} are closed: ${goal}`;
    report({ rule: passthroughWithoutBackend, message, help: 'lead the path "/" to a Service that speaks TLS', at });
    found.push({ host, from });
  }
  return found.toSorted((a, b) => (a.host < b.host ? -1 : 1));
}
