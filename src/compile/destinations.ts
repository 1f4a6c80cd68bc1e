import type { FoundFacts } from '../annotations/facts.ts';
import type { AskedEncryption } from '../annotations/encryption-plan.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Table } from '../diagnostics/remember.ts';
import type { Ingress, IngressBackend } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Location, SecretFile, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import { encryptionFor } from './encryption.ts';
import type { PathDraft } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import { missingServicePort } from './rules/backends.ts';
import { referenceOf } from './service-ports.ts';
import type { Sharing } from './splits.ts';
import type { Answer, BackendUser, Question, Upstreams } from './upstreams.ts';
import { NO_POLICIES } from './upstreams.ts';

/** Where the paths of one host lead, and what they do besides. */
export interface Destinations {
  /** @param path of the location */
  readonly endOf: (draft: PathDraft, path: string) => Pick<Location, 'policies' | 'target'>;
  /** Says what is wrong with the backend of a path that is closed for another reason. */
  readonly lookAt: (draft: PathDraft) => void;
}

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
    const question = upstreams.questionFor(reference, userOf(plan.ingress, backend.at), { protocol, tls });
    const { target } = answers.get(question);
    if (target.kind === 'proxy') for (const file of tls?.files ?? []) files.add(file);
    return shares.get({ backend: reference, target, protocol, tls });
  };
  return {
    endOf(draft, path) {
      const { plan, backend } = draft;
      if (plan === undefined) return { policies: unclaimed, target: fallback };
      const reference = referenceOf(plan.ingress, backend);
      const found = targetOf(plan, backend, reference);
      if (plan.policies === undefined) return { policies: {}, target: found };
      const facts = factsOf({ draft, ingress: plan.ingress, path, reference, found }, host, context);
      return { policies: plan.policies.location(facts), target: plan.policies.target(found, facts) };
    },
    lookAt({ backend, plan }) {
      if (backend?.kind !== 'service' || plan === undefined) return;
      const reference = referenceOf(plan.ingress, backend);
      const user = userOf(plan.ingress, backend.at);
      if (reference !== undefined && upstreams.looksAtClosed)
        answers.get(upstreams.questionFor(reference, user, { isLook: true }));
      // Of a refused Ingress that has been said.
      else if (reference === undefined && !plan.ingress.isRefused) reportPortless(backend, report);
    },
  };
}

/** A location of a path. */
interface Place {
  readonly draft: PathDraft;
  readonly ingress: Ingress;
  readonly path: string;
  readonly reference: BackendRef | undefined;
  readonly found: Target;
}

/** What a family may know of a location. Made for each: in one piece, since that takes least. */
function factsOf(
  { draft, ingress, path, reference, found }: Place,
  { host, hasTls, isRegex }: Host,
  { upstreams, answers, fallback, files }: Context,
): FoundFacts {
  return {
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
    leadTo(other, at, protocol = 'http') {
      const question = upstreams.questionFor(other, userOf(ingress, at), { policies: NO_POLICIES, protocol });
      const { target } = answers.get(question);
      return target.kind === 'proxy' ? target.to : undefined;
    },
    keep(file) {
      files.add(file);
      return file.id;
    },
  };
}

type ServiceBackend = Extract<IngressBackend, { kind: 'service' }>;

function reportPortless({ service, at }: ServiceBackend, report: Report): string {
  const message = `the backend "${service}" names no port`;
  report({ rule: missingServicePort, message, help: 'name a port of the Service', at });
  return message;
}

function userOf(ingress: Ingress, at: BackendUser['at']): BackendUser {
  return { document: at.document, at, from: cameFrom(ingress, at) };
}
