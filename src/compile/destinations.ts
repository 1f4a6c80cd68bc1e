import type { LocationFacts, ServerFacts } from '../annotations/facts.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Ingress, IngressBackend } from '../resources/model.ts';
import type { SecretFile, Target } from '../routing/model.ts';
import { missingServicePort } from './rules/backends.ts';
import type { PathDraft } from './hosts.ts';
import type { Ask, BackendUser, Upstreams } from './upstreams.ts';

/** Where the paths of one host lead. */
export interface Destinations {
  readonly targetOf: (draft: PathDraft, facts: LocationFacts) => Target;
  /** Says what is wrong with the backend of a path that is closed for another reason. */
  readonly lookAt: (draft: PathDraft) => void;
  /** @param path of the location */
  readonly factsOf: (draft: PathDraft, path: string) => LocationFacts;
  /** What was asked of the upstreams, and the files that policies need, so far. */
  readonly asks: readonly Ask[];
  readonly files: readonly SecretFile[];
}

interface Host extends ServerFacts {
  readonly isRegex: boolean;
}

interface Context {
  readonly upstreams: Upstreams;
  /** What the installation answers where there is no backend. */
  readonly fallback: Target;
  readonly report: Report;
}

export function openDestinations(host: Host, { upstreams, fallback, report }: Context): Destinations {
  const asks: Ask[] = [];
  const files = new Set<SecretFile>();
  const onAsk = (ask: Ask): void => void asks.push(ask);
  const backendTarget = ({ backend, plan }: PathDraft, facts: LocationFacts): Target => {
    if (backend?.kind !== 'service' || plan === undefined) return fallback;
    const reference = referenceOf(plan.ingress, backend);
    if (reference === undefined) return { kind: 'status', code: 503, reason: reportPortless(backend, report) };
    const policies = plan.policies?.upstream(facts);
    return upstreams.targetOf(reference, userOf(plan.ingress, backend.at), { policies, onAsk });
  };
  return {
    asks,
    get files() {
      return [...files];
    },
    targetOf(draft, facts) {
      const found = backendTarget(draft, facts);
      return draft.plan?.policies?.target(found, facts) ?? found;
    },
    lookAt({ backend, plan }) {
      if (backend?.kind !== 'service' || plan === undefined) return;
      const reference = referenceOf(plan.ingress, backend);
      if (reference !== undefined) upstreams.lookAt(reference, userOf(plan.ingress, backend.at), onAsk);
      // Of a refused Ingress that has been said.
      else if (!plan.ingress.isRefused) reportPortless(backend, report);
    },
    factsOf: ({ backend, plan, origin }, path) => ({
      ...host,
      path,
      isCatchAll: origin === 'catch-all',
      backend: backend?.kind === 'service' && plan !== undefined ? referenceOf(plan.ingress, backend) : undefined,
      fallback: fallback.kind === 'proxy' ? fallback.to : undefined,
      leadTo(other, at) {
        if (plan === undefined) return undefined;
        const target = upstreams.targetOf(other, userOf(plan.ingress, at), { onAsk });
        return target.kind === 'proxy' ? target.to : undefined;
      },
      keep(file) {
        files.add(file);
        return file.id;
      },
    }),
  };
}

type ServiceBackend = Extract<IngressBackend, { kind: 'service' }>;

function reportPortless({ service, at }: ServiceBackend, report: Report): string {
  const message = `the backend "${service}" names no port`;
  report({ rule: missingServicePort, message, help: 'name a port of the Service', at });
  return message;
}

/** The port that a backend names; undefined if it names none. */
function referenceOf({ namespace }: Ingress, { service, port }: ServiceBackend): BackendRef | undefined {
  return port === undefined ? undefined : { namespace, service, port };
}

function userOf(ingress: Ingress, at: BackendUser['at']): BackendUser {
  return { document: ingress.document, at, from: cameFrom(ingress, at) };
}
