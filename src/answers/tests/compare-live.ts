import type { AskedRequest } from '../explain/model.ts';
import type { Check } from './checks.ts';
import { checkOf } from './header-checks.ts';
import type { HeaderValue } from './header-checks.ts';
import { either } from './holds.ts';
import type { LiveAnswer } from './live-model.ts';
import type { ExpectedHeader, Facts, LiveFacts, Mismatch, RouteTest } from './model.ts';
import { withoutSecretsOf } from './secret-headers.ts';

export interface LiveVerdict {
  readonly mismatches: readonly Mismatch[];
  /** What is expected, and cannot be seen from outside. */
  readonly notSeen: readonly string[];
  /** How many expectations were compared. */
  readonly seen: number;
}

type LiveCheck = Omit<Check, 'aspect'>;

/** Holds what is expected against the answer of a running server, as far as an answer shows it. */
export function compareLive({ expected, request }: RouteTest, answer: LiveAnswer): LiveVerdict {
  const positive = factChecks(expected, request, answer);
  const negative = factChecks(expected.not ?? {}, request, answer);
  const live = liveChecks(expected.live ?? {}, request, answer);
  const checks = [...positive.checks, ...live];
  return {
    mismatches: [
      ...checks.filter(({ holds }) => holds !== 'always').map(mismatchOf),
      ...negative.checks
        .filter(({ holds }) => holds !== 'never')
        .map(check =>
          mismatchOf({ ...check, field: `not.${check.field}`, expected: `anything but ${check.expected}` }),
        ),
    ],
    notSeen: [...positive.notSeen, ...negative.notSeen.map(field => `not.${field}`)],
    seen: checks.length + negative.checks.length,
  };
}

function mismatchOf({ field, expected, got }: LiveCheck): Mismatch {
  return { field, expected, got };
}

interface FactChecks {
  readonly checks: readonly LiveCheck[];
  readonly notSeen: readonly string[];
}

/** What only nginx and its backends know. */
const HIDDEN = ['service', 'ingress', 'uri', 'host', 'headers', 'tls'] as const satisfies readonly (keyof Facts)[];

function factChecks(facts: Facts, request: AskedRequest, answer: LiveAnswer): FactChecks {
  const { status, location, responseHeaders, auth } = facts;
  const statuses = status === undefined ? undefined : statusCheck(status, answer);
  const auths = auth === undefined ? undefined : authCheck(auth, request, answer);
  const checks = [
    ...(statuses === undefined || statuses === 'hidden' ? [] : [statuses]),
    ...(location === undefined ? [] : [locationCheck(location, answer)]),
    ...headerChecks('responseHeaders', responseHeaders ?? [], { request, answer }),
    ...(auths === undefined || auths === 'hidden' ? [] : [auths]),
  ];
  const notSeen = [
    ...(statuses === 'hidden' ? [`status ${status}`] : []),
    ...HIDDEN.filter(field => facts[field] !== undefined),
    ...(auths === 'hidden' ? [`auth ${auth}`] : []),
  ];
  return { checks, notSeen };
}

function liveChecks(
  { status, headers, body }: LiveFacts,
  request: AskedRequest,
  answer: LiveAnswer,
): readonly LiveCheck[] {
  return [
    ...(status === undefined ? [] : [numberCheck('live.status', status, answer)]),
    ...headerChecks('live.headers', headers ?? [], { request, answer }),
    ...(body === undefined ? [] : [bodyCheck(body, request, answer)]),
  ];
}

/** Whether a backend has answered, or nginx, nobody sees. */
function statusCheck(expected: NonNullable<Facts['status']>, answer: LiveAnswer): LiveCheck | 'hidden' {
  if (typeof expected === 'number') return numberCheck('status', expected, answer);
  if (expected !== 'closed') return 'hidden';
  const got = liveText(answer);
  return { field: 'status', expected: 'the connection is closed', got, holds: either(answer.kind === 'closed') };
}

function numberCheck(field: string, expected: number, answer: LiveAnswer): LiveCheck {
  const isSo = answer.kind === 'answer' && answer.status === expected;
  return { field, expected: String(expected), got: liveText(answer), holds: either(isSo) };
}

function locationCheck(expected: string, answer: LiveAnswer): LiveCheck {
  const value = headerOf('location', answer);
  return { field: 'location', expected, got: value ?? liveText(answer), holds: either(value === expected) };
}

/** A question for a password shows in the answer, unless the request has one with it. */
function authCheck(
  expected: NonNullable<Facts['auth']>,
  request: AskedRequest,
  answer: LiveAnswer,
): LiveCheck | 'hidden' {
  const hasPassword = request.headers.some(({ name }) => name.toLowerCase() === 'authorization');
  const challenge =
    answer.kind === 'answer' && answer.status === 401 ? headerOf('www-authenticate', answer) : undefined;
  const isBasic = challenge !== undefined && /^basic\b/i.test(challenge);
  const got = isBasic ? 'basic' : liveText(answer);
  if (hasPassword && !isBasic) return 'hidden';
  if (expected === 'basic' || expected === 'none')
    return { field: 'auth', expected, got, holds: either(isBasic === (expected === 'basic')) };
  return expected === 'required' && isBasic ? { field: 'auth', expected, got, holds: 'always' } : 'hidden';
}

function headerChecks(
  field: string,
  expected: readonly ExpectedHeader[],
  { request, answer }: { readonly request: AskedRequest; readonly answer: LiveAnswer },
): readonly LiveCheck[] {
  return expected.map(header => {
    const text = headerOf(header.name.toLowerCase(), answer);
    const value: HeaderValue = text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    return checkOf(field, { header, values: [value] }, request.headers);
  });
}

/** Secrets are taken out before a quote escapes them, and before a cut leaves half of one. */
function bodyCheck(expected: string, { headers }: AskedRequest, answer: LiveAnswer): LiveCheck {
  const body = answer.kind === 'answer' ? answer.body : '';
  const safe = withoutSecretsOf(body, headers);
  const start = safe.length > 200 ? `${safe.slice(0, 200)}…` : safe;
  return {
    field: 'live.body',
    expected: `a body with ${JSON.stringify(withoutSecretsOf(expected, headers))}`,
    got: answer.kind === 'closed' ? liveText(answer) : JSON.stringify(start),
    holds: either(body.includes(expected)),
  };
}

/** Several lines of a header are one value. */
function headerOf(name: string, answer: LiveAnswer): string | undefined {
  if (answer.kind === 'closed') return undefined;
  const values = answer.headers.filter(header => header.name.toLowerCase() === name).map(({ value }) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

/** `308 with Location https://shop.example/` */
export function liveText(answer: LiveAnswer): string {
  if (answer.kind === 'closed') return `the connection is closed (${answer.reason})`;
  const location = headerOf('location', answer);
  return `${answer.status}${location === undefined ? '' : ` with Location ${location}`}`;
}
