import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { OptionSpec } from '../options/option.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { bool, oneOf, text, trimmed } from '../options/value-type.ts';
import type { Affinity, AffinityCookie, SameSite, SessionCookie } from '../routing/policies/affinity.ts';
import { annotationRef, PREFIX } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import type { ReadContext, UpstreamClaim } from './family.ts';
import { affinityConflict, sessionCookieWithoutAffinity } from './rules/affinity.ts';
import { shareAffinity } from './sticky-sides.ts';

/** What clients of the controller have in their cookies already. */
const DEFAULT_NAME = 'INGRESSCOOKIE';
/** Browsers ignore an attribute that is longer. Source: RFC 6265bis, 5.5. */
const LONGEST_ATTRIBUTE = 1024;
const LONGEST_NAME = 256;

function atMost(length: number, type: ValueType<string>): ValueType<string> {
  return {
    ...type,
    parse: value =>
      value.length > length
        ? { ok: false, problem: `is longer than ${length} characters`, help: 'shorten it' }
        : type.parse(value),
  };
}

const cookieName = trimmed(
  atMost(LONGEST_NAME, text(/^[-/._~a-zA-Z0-9: ]*$/, 'letters, digits, blanks and - / . _ ~ :')),
);
const domain = trimmed(atMost(LONGEST_ATTRIBUTE, text(/^[-/._~a-zA-Z0-9:]*$/, 'letters, digits and - / . _ ~ :')));
const path = trimmed(
  atMost(LONGEST_ATTRIBUTE, text(/^[-._~a-zA-Z0-9/:,?&= ]*$/, 'letters, digits, blanks and - . _ ~ / : , ? & =')),
);

/** The controller's expression for them is open at both ends, so that some take effect there that are no numbers. */
const seconds: ValueType<number | ''> = trimmed({
  name: 'seconds',
  schema: { pattern: '^(0|-?[1-9][0-9]*)$' },
  parse(value): Parsed<number> {
    if (/^(?:0|-?[1-9]\d{0,13})$/.test(value)) return { ok: true, value: Number(value) };
    return { ok: false, problem: 'is not a whole number', help: 'write a number of seconds, without a unit' };
  },
});

/** The annotations that mean nothing without `affinity`. */
const COOKIE_ANNOTATIONS = [
  'affinity-mode',
  'session-cookie-change-on-failure',
  'session-cookie-conditional-samesite-none',
  'session-cookie-domain',
  'session-cookie-expires',
  'session-cookie-max-age',
  'session-cookie-name',
  'session-cookie-path',
  'session-cookie-samesite',
  'session-cookie-secure',
];

function reportLone({ ingress, report, written, refused }: Omit<ReadContext<unknown>, 'options'>): void {
  if (refused.has('affinity')) return;
  const name = COOKIE_ANNOTATIONS.find(each => (ingress.annotations[PREFIX + each] ?? '').trim() !== '');
  const at = name === undefined ? undefined : written(name);
  if (at === undefined) return;
  const message = `${name} has no effect without affinity: clients are not kept on one endpoint`;
  report({ rule: sessionCookieWithoutAffinity, message, help: `add affinity: cookie, or remove ${name}`, at });
}

/** What one Ingress asks for. */
interface Asked extends Pick<Affinity, 'cookie' | 'changesOnFailure'> {
  /** Undefined: what another Ingress of the Service says, else `balanced`. */
  readonly mode: Affinity['mode'] | undefined;
  /** Undefined: with the path of each rule. */
  readonly given: AffinityCookie | undefined;
}

/**
 * Ingresses that lead to one Service share its sessions: the cookie is that of the youngest, the mode that of the oldest
 * that has one.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 */
function settle(claims: Claims, report: Report): Affinity {
  const [oldest] = claims;
  const decides = claims.at(-1) ?? oldest;
  const { cookie, changesOnFailure } = decides.asked;
  const firstMode = claims.find(({ asked }) => asked.mode !== undefined);
  for (const claim of claims) {
    reportOther('cookie', claim, decides, report);
    if (firstMode !== undefined && claim.asked.mode !== undefined) reportOther('mode', claim, firstMode, report);
  }
  return { cookie, mode: firstMode?.asked.mode ?? 'balanced', changesOnFailure };
}

type Claims = readonly [UpstreamClaim<Asked>, ...UpstreamClaim<Asked>[]];

/** Says that another Ingress decides, if that makes a difference. */
function reportOther(
  what: 'cookie' | 'mode',
  { asked, ingress }: UpstreamClaim<Asked>,
  other: UpstreamClaim<Asked>,
  report: Report,
): void {
  const differs =
    what === 'mode'
      ? asked.mode !== other.asked.mode
      : JSON.stringify([asked.cookie, asked.changesOnFailure]) !==
        JSON.stringify([other.asked.cookie, other.asked.changesOnFailure]);
  if (!differs) return;
  const decides = objectText(other.ingress);
  const message = `${decides} leads to the same Service and asks for another affinity ${what}, which holds for both`;
  const name = what === 'mode' ? 'affinity-mode' : 'affinity';
  const related = [{ message: `that of ${decides} is here`, at: annotationRef(other.ingress, name) }];
  const help = `ask for the same affinity ${what} in both`;
  report({ rule: affinityConflict, message, help, at: annotationRef(ingress, name), related });
}

export const affinity = defineFamily({
  name: 'affinity',
  annotations: {
    affinity: {
      type: trimmed<'cookie' | ''>(oneOf('cookie')),
      default: '',
      example: 'cookie',
      summary: 'Keeps each client on one endpoint by means of a cookie. Without it the others have no effect.',
    } satisfies OptionSpec<'cookie' | ''>,
    'affinity-mode': {
      type: trimmed(oneOf('balanced', 'persistent')),
      default: 'balanced',
      example: 'persistent',
      summary:
        'Whether a new endpoint takes over some of the sessions, or sessions stay for as long as theirs is there.',
    } satisfies OptionSpec<Affinity['mode']>,
    'session-cookie-name': {
      type: cookieName,
      default: DEFAULT_NAME,
      example: 'route',
      summary: 'What the cookie is called.',
    } satisfies OptionSpec<string>,
    'session-cookie-path': {
      type: path,
      default: '',
      example: '/shop',
      summary: 'The Path attribute of the cookie; without it, the path of the rule.',
    } satisfies OptionSpec<string>,
    'session-cookie-domain': {
      type: domain,
      default: '',
      example: 'example.com',
      summary: 'The Domain attribute of the cookie.',
    } satisfies OptionSpec<string>,
    'session-cookie-max-age': {
      type: seconds,
      default: '',
      example: '3600',
      summary: 'For how many seconds browsers keep the cookie; without it, until they are closed.',
    } satisfies OptionSpec<number | ''>,
    'session-cookie-expires': {
      type: seconds,
      default: '',
      example: '3600',
      summary: 'The same for very old browsers. Sent as Max-Age, unless session-cookie-max-age is there.',
    } satisfies OptionSpec<number | ''>,
    'session-cookie-secure': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Adds the Secure attribute over plain HTTP, too; over HTTPS the cookie always has it.',
    } satisfies OptionSpec<boolean>,
    'session-cookie-samesite': {
      type: trimmed<SameSite | ''>(oneOf('None', 'Lax', 'Strict')),
      default: '',
      example: 'Lax',
      summary: 'The SameSite attribute of the cookie.',
    } satisfies OptionSpec<SameSite | ''>,
    'session-cookie-conditional-samesite-none': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Leaves SameSite=None out for browsers that mistake it.',
    } satisfies OptionSpec<boolean>,
    'session-cookie-change-on-failure': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'With `persistent`: if the endpoint of a client fails, it stays with the one that answered instead.',
    } satisfies OptionSpec<boolean>,
  },
  options: {},
  switchedOnBy: 'affinity',
  read(values, context): Asked | undefined {
    if (values.affinity === '') {
      reportLone(context);
      return undefined;
    }
    const { 'session-cookie-max-age': maxAge, 'session-cookie-expires': expires } = values;
    const age = maxAge === '' ? expires : maxAge;
    const cookie: SessionCookie = {
      name: values['session-cookie-name'] || DEFAULT_NAME,
      maxAge: age === '' ? undefined : age,
      domain: values['session-cookie-domain'] || undefined,
      isSecure: values['session-cookie-secure'],
      sameSite: values['session-cookie-samesite'] || undefined,
      isNoneConditional: values['session-cookie-conditional-samesite-none'],
    };
    const changesOnFailure = values['session-cookie-change-on-failure'];
    const hasMode = context.written('affinity-mode') !== undefined && !context.refused.has('affinity-mode');
    const mode = hasMode ? values['affinity-mode'] : undefined;
    const path = values['session-cookie-path'];
    return { cookie, changesOnFailure, mode, given: path === '' ? undefined : { path } };
  },
  gives: {
    upstream: (claims, report) => settle(claims, report),
    shared: (asks, sharing) => shareAffinity(asks, sharing),
    location({ given }, { written }): AffinityCookie | undefined {
      return written === undefined ? undefined : (given ?? { path: written });
    },
  },
});
