import type { FoundFacts } from '../annotations/facts.ts';
import type { AskedEncryption } from '../annotations/encryption-plan.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Table } from '../diagnostics/remember.ts';
import type { IngressBackend } from '../resources/model.ts';
import type { Location, SecretFile, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import { encryptionFor } from './encryption.ts';
import type { PathDraft } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import { missingServicePort } from './rules/backends.ts';
import { referenceOf } from './service-ports.ts';
import type { Sharing } from './splits.ts';
import type { Answer, Question, Upstreams } from './upstreams.ts';
import { NO_POLICIES } from './upstreams.ts';

/** Where the paths of one host lead, and what they do besides. */
export interface Destinations {
  /** Of a path that is served. */
  readonly endingOf: (draft: PathDraft) => Ending;
  /** Says what is wrong with the backend of a path that is closed for another reason. */
  readonly lookAt: (draft: PathDraft) => void;
}

/** What a location of a path does, by its own path. */
export type Ending = (path: string) => Pick<Location, 'policies' | 'target'>;

interface Host {
  readonly host: string;
  readonly hasTls: boolean;
  readonly isRegex: boolean;
  /** What somebody asks of TLS to backends for the whole host. */
  readonly encryption: AskedEncryption | undefined;
}

interface Context extends Questions {
  readonly upstreams: Pick<Upstreams, 'questionFor' | 'looksAtClosed'>;
  /** What the installation answers where there is no backend. */
  readonly fallback: Target;
  /** What is asked for there. */
  readonly unclaimed: Policies<'location'>;
  /** Takes the files that policies need. */
  readonly files: Set<SecretFile>;
  readonly report: Report;
}

/** What a server is made of, besides its host: what these answer. */
export interface Questions {
  readonly answers: Table<Question, Answer>;
  readonly shares: Table<Sharing, Target>;
}

export function openDestinations(host: Host, context: Context): Destinations {
  const { upstreams, answers, shares, fallback, unclaimed, files, report } = context;
  const targetOf = (
    plan: IngressPlan,
    backend: IngressBackend | undefined,
    reference: BackendRef | undefined,
  ): Target => {
    if (backend?.kind !== 'service') return fallback;
    if (reference === undefined) return { kind: 'status', code: 503, reason: reportPortless(backend, report) };
    const protocol = plan.policies?.protocol ?? 'http';
    const tls = encryptionFor(protocol, plan.policies?.encryption, host.encryption);
    const question = upstreams.questionFor(reference, { who: plan.name, at: backend.at }, { protocol, tls });
    const { target } = answers.get(question);
    if (target.kind === 'proxy') for (const file of tls?.files ?? []) files.add(file);
    return shares.get({ backend: reference, target, protocol, tls });
  };
  const keep = (file: SecretFile): string => {
    files.add(file);
    return file.id;
  };
  return {
    endingOf(draft) {
      const { plan, backend } = draft;
      if (plan === undefined) return always({ policies: unclaimed, target: fallback });
      const reference = referenceOf(plan.ingress, backend);
      const found = targetOf(plan, backend, reference);
      const { policies } = plan;
      if (policies === undefined) return always({ policies: {}, target: found });
      const factsOf = factsFor({ draft, plan, reference, found, keep }, host, context);
      return path => {
        const facts = factsOf(path);
        return { policies: policies.location(facts), target: policies.target(found, facts) };
      };
    },
    lookAt({ backend, plan }) {
      if (backend?.kind !== 'service' || plan === undefined) return;
      const reference = referenceOf(plan.ingress, backend);
      if (reference !== undefined && upstreams.looksAtClosed)
        answers.get(upstreams.questionFor(reference, { who: plan.name, at: backend.at }, { isLook: true }));
      // Of a refused Ingress that has been said.
      else if (reference === undefined && !plan.ingress.isRefused) reportPortless(backend, report);
    },
  };
}

function always(ends: ReturnType<Ending>): Ending {
  return () => ends;
}

/** A path of a host that is served. */
interface Place extends Pick<FoundFacts, 'found' | 'keep'> {
  readonly draft: PathDraft;
  readonly plan: IngressPlan;
  readonly reference: BackendRef | undefined;
}

/** What a family may know of the locations of a path, by their own. Made for each: in one piece, since that takes least. */
function factsFor(
  { draft, plan: { ingress, name }, reference, found, keep }: Place,
  { host, hasTls, isRegex }: Host,
  { upstreams, answers, fallback }: Context,
): (path: string) => FoundFacts {
  const leadTo: FoundFacts['leadTo'] = (other, at, protocol = 'http') => {
    const question = upstreams.questionFor(other, { who: name, at }, { policies: NO_POLICIES, protocol });
    const { target } = answers.get(question);
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
