import type { BackendChoice, Step } from './model.ts';
import { isKeptOutOfServer } from './address-check.ts';
import { backendHeaders } from './backend-headers.ts';
import { causesOf } from './asking.ts';
import type { OnTheWay } from './explainer.ts';
import { choicesFor } from './choices.ts';
import { serviceText } from './backend.ts';
import { signInPage } from './sign-in.ts';
import { step } from './step.ts';
import type { End, Trail } from './trail.ts';
import { follow } from './trail.ts';
import type { CustomErrors } from '../../routing/policies/custom-errors.ts';
import type { Applied } from '../../routing/policies.ts';

/** An end with the page that the location has for its status, if it has one. */
export function pageEnd(end: End, at: OnTheWay, trail: Trail): End {
  const { outcome } = end;
  if (outcome.kind !== 'answer' || outcome.status < 300 || end.hasBody === true) return end;
  const signIn = signInPage(outcome.status, at);
  if (signIn !== undefined) return follow(signIn, undefined, trail) ?? end;
  const { customErrors } = at.location.policies;
  if (customErrors?.asks.statuses.includes(outcome.status) !== true) return end;
  const { to } = customErrors.asks;
  if (to === undefined) {
    trail.steps.push(
      errorsStep(`the page for ${outcome.status} is missing: there is no default backend`, customErrors),
    );
    return {
      ...end,
      outcome: {
        kind: 'answer',
        status: 404,
        reason: `${outcome.reason} (${outcome.status}), and no default backend has a page for it`,
      },
    };
  }
  if (isKeptOutOfServer(at)) {
    const text = `the page for ${outcome.status} is not asked for: the client is kept out of it as well`;
    trail.steps.push(errorsStep(text, customErrors));
    return { ...end, outcome: { kind: 'answer', status: 403, reason: outcome.reason } };
  }
  const [page] = choicesFor(to, at, {
    uri: pageUri(at),
    headers: pageHeaders(outcome.status, customErrors.asks, at),
  }).choices;
  trail.steps.push(
    errorsStep(
      `${serviceText(page)} is asked for the page of status ${outcome.status}, and may change the status`,
      customErrors,
    ),
  );
  return { ...end, outcome: { ...outcome, page } };
}

function errorsStep(text: string, { from }: Applied<CustomErrors>): Step {
  return step('errors', 'changed', text, { causes: causesOf(from) });
}

/** The page is asked for at the root, with the query of the request. */
function pageUri({ query }: OnTheWay): string {
  return query === undefined ? '/' : `/?${query}`;
}

function pageHeaders(status: number, { source }: CustomErrors, at: OnTheWay): BackendChoice['headers'] {
  return backendHeaders(at, [
    ...errorHeaders(String(status), source, at),
    { name: 'X-Original-URI', value: at.request.target },
  ]);
}

/** What the backend of error pages is told. */
export function errorHeaders(
  status: string,
  source: CustomErrors['source'],
  { request }: OnTheWay,
): BackendChoice['headers'] {
  const accept = request.headers.find(({ name }) => name.toLowerCase() === 'accept')?.value ?? '';
  return [
    { name: 'X-Code', value: status },
    { name: 'X-Format', value: accept },
    { name: 'X-Namespace', value: source.namespace },
    { name: 'X-Ingress-Name', value: source.ingress },
    { name: 'X-Service-Name', value: source.service },
    { name: 'X-Service-Port', value: source.port },
  ];
}
