import type { BackendChoice, Explanation } from '../explain/model.ts';
import { headerChecks, responseChecks } from './header-checks.ts';
import type { Holds } from './holds.ts';
import { among, either, fits } from './holds.ts';
import type { ExpectedAuth, ExpectedService, ExpectedStatus, Facts } from './model.ts';
import {
  authKindsOf,
  certificateOf,
  choicesOf,
  ingressesOf,
  outcomeText,
  percentText,
  servicesText,
  statusOf,
} from './said.ts';

/** What a field depends on, in the order in which a request meets it. */
export type Aspect = 'tls' | 'location' | 'auth' | 'answer' | 'service' | 'uri' | 'headers' | 'response';

/** One expectation, held against an explanation. */
export interface Check {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  /** `sometimes`: of several things that may happen it holds for some, or nobody can tell for which. */
  readonly holds: Holds;
  readonly aspect: Aspect;
}

/** In the order in which people read them: what comes of the request first. */
export function checksOf(facts: Facts, explanation: Explanation): readonly Check[] {
  const { status, service, ingress, location, uri, host, headers = [], responseHeaders = [], auth, tls } = facts;
  const checks = [
    ...(status === undefined ? [] : [statusCheck(status, explanation)]),
    ...(service === undefined ? [] : [serviceCheck(service, explanation)]),
    ...(ingress === undefined ? [] : [ingressCheck(ingress, explanation)]),
    ...(location === undefined ? [] : [locationCheck(location, explanation)]),
    ...(uri === undefined ? [] : [choiceCheck('uri', uri, explanation)]),
    ...(host === undefined ? [] : [choiceCheck('host', host, explanation)]),
    ...headerChecks(headers, explanation),
    ...responseChecks(responseHeaders, explanation),
    ...(auth === undefined ? [] : [authCheck(auth, explanation)]),
    ...(tls === undefined ? [] : [tlsCheck(tls, explanation)]),
  ];
  return explanation.outcome.kind === 'unclear' ? checks.map(check => untold(check, explanation)) : checks;
}

/** Of a request of which nobody can tell what becomes, no more is known than this, and the certificate that is shown. */
function untold(check: Check, explanation: Explanation): Check {
  const isUnclear = check.field === 'status' && check.holds === 'always';
  const isShown = check.field === 'tls' && certificateOf(explanation) !== undefined;
  return isUnclear || isShown ? check : { ...check, got: outcomeText(explanation), holds: 'sometimes' };
}

const STATUS_TEXTS = {
  backend: 'a backend answers',
  closed: 'the connection is closed',
  unclear: 'it cannot be told',
} as const satisfies Readonly<Record<Exclude<ExpectedStatus, number>, string>>;

function statusCheck(expected: ExpectedStatus, explanation: Explanation): Check {
  return {
    field: 'status',
    expected: typeof expected === 'number' ? `nginx answers ${expected}` : STATUS_TEXTS[expected],
    got: outcomeText(explanation),
    holds: either(statusOf(explanation) === expected),
    aspect: 'answer',
  };
}

function serviceCheck(expected: readonly ExpectedService[], explanation: Explanation): Check {
  const choices = choicesOf(explanation);
  const isExpected = (choice: BackendChoice): boolean => expected.some(each => isService(each.service, choice));
  const hasShares = expected.every(
    ({ service, percent }) => percent === undefined || isSamePercent(percent, shareOf(service, choices)),
  );
  const holds = among(choices.map(choice => fits(isExpected(choice))));
  return {
    field: 'service',
    expected: expected
      .map(({ service, percent }) => `${service}${percent === undefined ? '' : ` ${percentText(percent)}`}`)
      .join(expected.every(({ percent }) => percent === undefined) ? ' or ' : ', '),
    got: choices.length === 0 ? outcomeText(explanation) : servicesText(choices),
    holds: holds === 'always' && !hasShares ? 'sometimes' : holds,
    aspect: choices.length === 0 ? 'answer' : 'service',
  };
}

/** Whether `namespace/name:port`, of which namespace and port may be missing, means the Service of a choice. */
function isService(expected: string, { service }: BackendChoice): boolean {
  if (service === undefined) return false;
  const [, namespace, name, port] = SERVICE.exec(expected) ?? [];
  const [, ownNamespace, ownName, ownPort] = SERVICE.exec(service) ?? [];
  return (
    name === ownName &&
    (namespace === undefined || namespace === ownNamespace) &&
    (port === undefined || port === ownPort)
  );
}

const SERVICE = /^(?:([^/]*)\/)?([^:]*)(?::(.*))?$/;

function shareOf(service: string, choices: readonly BackendChoice[]): number {
  return choices.filter(choice => isService(service, choice)).reduce((sum, { percent }) => sum + percent, 0);
}

/** Shares of weights have no end. */
function isSamePercent(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.05;
}

function ingressCheck(expected: string, explanation: Explanation): Check {
  const names = ingressesOf(explanation);
  const isExpected = (name: string): boolean => name === expected || name.endsWith(`/${expected}`);
  return {
    field: 'ingress',
    expected,
    got: names.length === 0 ? 'none' : names.join(', '),
    holds: either(names.some(isExpected)),
    aspect: 'location',
  };
}

function locationCheck(expected: string, explanation: Explanation): Check {
  const { outcome } = explanation;
  const url = outcome.kind === 'answer' ? outcome.url : undefined;
  return {
    field: 'location',
    expected,
    got: url ?? outcomeText(explanation),
    holds: either(url === expected),
    aspect: 'answer',
  };
}

function choiceCheck(field: 'uri' | 'host', expected: string, explanation: Explanation): Check {
  const choices = choicesOf(explanation);
  const all = [...new Set(choices.map(choice => choice[field] ?? 'unknown'))];
  return {
    field,
    expected,
    got: all.length === 0 ? outcomeText(explanation) : all.join(', '),
    holds: among(choices.map(choice => (choice[field] === undefined ? 'unknown' : fits(choice[field] === expected)))),
    aspect: choices.length === 0 ? 'answer' : field === 'uri' ? 'uri' : 'headers',
  };
}

function authCheck(expected: ExpectedAuth, explanation: Explanation): Check {
  const kinds = authKindsOf(explanation);
  const isSo = expected === 'none' ? kinds.size === 0 : expected === 'required' ? kinds.size > 0 : kinds.has(expected);
  const got = kinds.size === 0 ? `none: ${outcomeText(explanation)}` : [...kinds].join(', ');
  return { field: 'auth', expected, got, holds: either(isSo), aspect: 'auth' };
}

function tlsCheck(expected: string, explanation: Explanation): Check {
  const shown = certificateOf(explanation);
  const got = shown ?? `not known: ${outcomeText(explanation)}`;
  return {
    field: 'tls',
    expected,
    got,
    holds: shown === undefined ? 'sometimes' : either(shown === expected),
    aspect: 'tls',
  };
}
