import type { FoundFacts } from '../annotations/facts.ts';
import type { AskedEncryption } from '../annotations/encryption-plan.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Table } from '../diagnostics/remember.ts';
import type { IngressBackend } from '../resources/model.ts';
import type { Location, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import { encryptionFor } from './encryption.ts';
import type { PathDraft } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import { missingServicePort } from './rules/backends.ts';
import { referenceOf } from './service-ports.ts';
import type { Sharing } from './splits.ts';
import type { Answer, Question, Upstreams } from './upstreams.ts';
import { NO_POLICIES } from './upstreams.ts';

/** Where the paths of hosts lead, and what they do besides. */
export interface Destinations {
  /** Of a path that is served. */
  readonly endingOf: (draft: PathDraft, host: HostFacts) => Ending;
  /** Says what is wrong with the backend of a path that is closed for another reason. */
  readonly lookAt: (draft: PathDraft) => void;
}

/** What a location of a path does, by its own path. */
export type Ending = (path: string) => Pick<Location, 'policies' | 'target'>;

/** What there is to know of a host. */
export interface HostFacts extends Pick<FoundFacts, 'host' | 'hasTls' | 'isRegex' | 'keep'> {
  /** What somebody asks of TLS to backends for the whole host. */
  readonly encryption: AskedEncryption | undefined;
}

interface Context extends Questions {
  readonly upstreams: Pick<Upstreams, 'find' | 'looksAtClosed'>;
  /** What the installation answers where there is no backend. */
  readonly fallback: Target;
  /** What is asked for there. */
  readonly unclaimed: Policies<'location'>;
  readonly report: Report;
}

/** What a server is made of, besides its host: what these answer. */
export interface Questions {
  readonly answers: Table<Question, Answer>;
  readonly shares: Table<Sharing, Target>;
}

export function openDestinations(context: Context): Destinations {
  const { upstreams, answers, shares, fallback, unclaimed, report } = context;
  const targetOf = ({ plan, backend }: ServedPath, reference: BackendRef | undefined, host: HostFacts): Target => {
    if (backend?.kind !== 'service') return fallback;
    if (reference === undefined) return { kind: 'status', code: 503, reason: reportPortless(backend, report) };
    const { at } = backend;
    const protocol = plan.policies?.protocol ?? 'http';
    const tls = encryptionFor(protocol, plan.policies?.encryption, host.encryption);
    const named = upstreams.find(reference);
    const asked = { backend: named, who: plan.name, at, policies: undefined, protocol, tls, isLook: false };
    const { target } = answers.get(asked);
    if (target.kind === 'proxy') for (const file of tls?.files ?? []) host.keep(file);
    return shares.get({ backend: reference, key: named.key, target, protocol, tls });
  };
  return {
    endingOf(draft, host) {
      const { plan, backend } = draft;
      if (plan === undefined) return always({ policies: unclaimed, target: fallback });
      const reference = referenceOf(plan.ingress, backend);
      const found = targetOf({ plan, backend }, reference, host);
      const { policies } = plan;
      if (policies === undefined) return always({ policies: {}, target: found });
      const factsOf = factsFor({ draft, plan, reference, found }, host, context);
      return path => {
        const facts = factsOf(path);
        return { policies: policies.location(facts), target: policies.target(found, facts) };
      };
    },
    lookAt({ backend, plan }) {
      if (backend?.kind !== 'service' || plan === undefined) return;
      const { at } = backend;
      const reference = referenceOf(plan.ingress, backend);
      if (reference !== undefined && upstreams.looksAtClosed) {
        const named = upstreams.find(reference);
        const [policies, tls] = [undefined, undefined];
        answers.get({ backend: named, who: plan.name, at, policies, protocol: 'http', tls, isLook: true });
      }
      // Of a refused Ingress that has been said.
      else if (reference === undefined && !plan.ingress.isRefused) reportPortless(backend, report);
    },
  };
}

interface ServedPath {
  readonly plan: IngressPlan;
  readonly backend: IngressBackend | undefined;
}

function always(ends: ReturnType<Ending>): Ending {
  return () => ends;
}

/** A path of a host that is served. */
interface Place extends Pick<FoundFacts, 'found'> {
  readonly draft: PathDraft;
  readonly plan: IngressPlan;
  readonly reference: BackendRef | undefined;
}

/** What a family may know of the locations of a path, by their own. Made for each: in one piece, since that takes least. */
function factsFor(
  { draft, plan: { ingress, name }, reference, found }: Place,
  { host, hasTls, isRegex, keep }: HostFacts,
  { upstreams, answers, fallback }: Context,
): (path: string) => FoundFacts {
  const leadTo: FoundFacts['leadTo'] = (other, at, protocol = 'http') => {
    const [backend, tls] = [upstreams.find(other), undefined];
    const { target } = answers.get({ backend, who: name, at, policies: NO_POLICIES, protocol, tls, isLook: false });
    return target.kind === 'proxy' ? target.to : undefined;
  };
  return path => ({
    host,
    hasTls,
    isRegex,
    ingress,
    path,
    written: draft.written?.path,
    isCatchAll: draft.origin === 'catch-all',
    backend: reference,
    fallback: fallback.kind === 'proxy' ? fallback.to : undefined,
    found,
    leadTo,
    keep,
  });
}

type ServiceBackend = Extract<IngressBackend, { kind: 'service' }>;

function reportPortless({ service, at }: ServiceBackend, report: Report): string {
  const message = `the backend "${service}" names no port`;
  report({ rule: missingServicePort, message, help: 'name a port of the Service', at });
  return message;
}
