import type { Provenance } from '../../diagnostics/provenance.ts';
import { objectText } from '../../diagnostics/place.ts';
import type { BackendChoice, Cause, Explanation, Step } from '../explain/model.ts';
import type { ExpectedAuth, ExpectedStatus } from './model.ts';

/** What an explanation says, in the terms of expectations. */

/** The backends that may answer; none where nginx answers by itself. */
export function choicesOf({ outcome }: Explanation): readonly BackendChoice[] {
  return outcome.kind === 'backend' ? outcome.choices : [];
}

export function statusOf({ outcome }: Explanation): ExpectedStatus {
  return outcome.kind === 'answer' ? outcome.status : outcome.kind;
}

/** `nginx answers 404 (no Ingress takes this)` */
export function outcomeText({ outcome }: Explanation): string {
  switch (outcome.kind) {
    case 'backend':
      return `a backend answers (${servicesText(outcome.choices)})`;
    case 'answer': {
      const { status, url, reason } = outcome;
      return `nginx answers ${status}${url === undefined ? '' : ` with Location ${url}`} (${reason})`;
    }
    case 'closed':
      return `the connection is closed (${outcome.reason})`;
    case 'unclear':
      return `it cannot be told: ${outcome.reason}`;
  }
}

/** `shop/web:80`, or with shares `shop/web:80 80%, shop/canary:80 20%` */
export function servicesText(choices: readonly BackendChoice[]): string {
  return choices
    .map(
      ({ service, upstream, percent }) => `${service ?? upstream}${percent === 100 ? '' : ` ${percentText(percent)}`}`,
    )
    .join(', ');
}

export function percentText(percent: number): string {
  return `${Number(percent.toFixed(2))}%`;
}

export type AuthKind = Exclude<ExpectedAuth, 'required' | 'none'>;

/** Who asks the client who it is. */
export function authKindsOf({ steps }: Explanation): ReadonlySet<AuthKind> {
  return new Set(steps.flatMap(kindsOfStep));
}

function kindsOfStep({ name, causes }: Step): readonly AuthKind[] {
  if (name === 'client-certificate') return ['client-certificate'];
  if (name !== 'auth') return [];
  const askers = causes.flatMap(cause => (cause.kind === 'asker' ? [cause.asker.name] : []));
  const isExternal = askers.some(asker => EXTERNAL.test(asker));
  const isBasic = askers.some(asker => BASIC.test(asker));
  return [...(isBasic || !isExternal ? (['basic'] as const) : []), ...(isExternal ? (['external'] as const) : [])];
}

const EXTERNAL = /^(?:global-)?auth-(?:url|signin|method|cache|response|request|always|snippet|proxy|keepalive)/;
const BASIC = /^auth-(?:type|secret|realm)/;

/** The Ingresses that have the location that takes the request: `namespace/name`. */
export function ingressesOf({ steps }: Explanation): readonly string[] {
  const step = steps.findLast(({ name, verdict }) => name === 'location' && verdict === 'chose');
  return [...new Set((step?.causes ?? []).map(provenanceOf).flatMap(at => nameOf(at, 'Ingress')))];
}

/**
 * The Secret of the certificate that is shown: `namespace/name`; of a connection that is passed on it is the backend's.
 * Undefined where no step says it: nginx refuses the request, or nobody can tell.
 */
export function certificateOf(explanation: Explanation): string | undefined {
  const { steps, request } = explanation;
  if (request.scheme === 'http') return 'none';
  if (choicesOf(explanation).some(({ uri }) => uri === undefined)) return 'backend';
  const step = steps.find(({ name }) => name === 'tls');
  if (step === undefined) return undefined;
  const [secret] = step.causes.map(provenanceOf).flatMap(at => nameOf(at, 'Secret'));
  if (secret !== undefined) return secret;
  return step.verdict === 'answered' ? 'rejected' : 'placeholder';
}

/** Where a cause stands; undefined for the default of an option. */
function provenanceOf(cause: Cause): Provenance | undefined {
  if (cause.kind === 'field') return cause.at;
  return cause.asker.by === 'default' ? undefined : cause.asker.at;
}

function nameOf(at: Provenance | undefined, kind: string): readonly string[] {
  if (at?.resource.kind !== kind) return [];
  return [objectText(at.resource).slice(kind.length + 1)];
}
