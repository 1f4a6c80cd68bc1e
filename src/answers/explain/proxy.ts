import { listed } from '../../diagnostics/words.ts';
import type { Destination } from '../../routing/model.ts';
import type { RequestUri } from '../../routing/request-uri.ts';
import { backendUri, rewrittenUri } from '../../routing/request-uri.ts';
import { backendHeaders, isUsualHeader } from './backend-headers.ts';
import { choicesFor } from './choices.ts';
import { errorHeaders } from './error-page.ts';
import type { OnTheWay } from './explainer.ts';
import type { BackendChoice, SetHeader, Step } from './model.ts';
import { shownHeaderValue } from './sent-secrets.ts';
import { step } from './step.ts';
import type { End, Trail } from './trail.ts';

/** A request that nothing has answered: it is sent to a backend. */
export function proxy(
  to: Destination,
  { at, sent }: { readonly at: OnTheWay; readonly sent: RequestUri | undefined },
  trail: Trail,
): End {
  const { customErrors } = at.location.policies;
  const standIn = customErrors?.asks.isStandIn === true ? errorHeaders('503', customErrors.asks.source, at) : [];
  const headers = backendHeaders(at, [...trail.request, ...standIn]);
  const uri = sent === undefined ? rewrittenUri(at) : backendUri(sent);
  const { choices, steps, unclear } = choicesFor(to, at, { uri, headers });
  trail.steps.push(...headersSteps(headers, at), ...steps, ...choices.flatMap(hostStep));
  if (unclear !== undefined) return { outcome: { kind: 'unclear', reason: unclear }, advice: [] };
  return { outcome: { kind: 'backend', choices }, advice: [] };
}

/** A server elsewhere that is asked for a host that it may not know. */
function hostStep({ peers, host }: BackendChoice): readonly Step[] {
  if (peers.kind !== 'name-at-request' || host === undefined || host === peers.host) return [];
  if (peers.host.includes('.svc.')) return [];
  const text = `${peers.host} gets the Host ${host}: if it knows its own name alone, set upstream-vhost: "${peers.host}"`;
  return [step('headers', 'passed', text)];
}

/** The headers that only some backends get. */
function headersSteps(headers: readonly SetHeader[], { request }: OnTheWay): readonly Step[] {
  const others = headers.filter(({ name }) => !isUsualHeader(name));
  if (others.length === 0) return [];
  const details = others.map(({ name, value }) =>
    value === undefined
      ? `${name}: known when nginx runs`
      : value === ''
        ? `${name}: not sent`
        : `${name}: ${shownHeaderValue({ name, value }, request.headers)}`,
  );
  const namesOf = (are: readonly SetHeader[]): string => listed(are.map(({ name }) => name));
  const kept = others.filter(({ value }) => value === '');
  const sent = others.filter(({ value }) => value !== '');
  const parts = [
    ...(sent.length === 0 ? [] : [`gets ${namesOf(sent)}`]),
    ...(kept.length === 0 ? [] : [`does not get ${namesOf(kept)}`]),
  ];
  return [step('headers', 'changed', `the backend ${parts.join(' and ')}`, { details })];
}
