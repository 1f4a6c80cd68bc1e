import type { OptionSpec } from '../options/option.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { bool, oneOf, text, trimmed } from '../options/value-type.ts';
import { cookiePathOf } from '../routing/cookie-path.ts';
import type { Affinity, AffinityCookie, SameSite, SessionCookie } from '../routing/policies/affinity.ts';
import type { AskedAffinity } from './affinity-claims.ts';
import { settleAffinity } from './affinity-claims.ts';
import { annotationText } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import type { ReadContext } from './family.ts';
import { sessionCookieWithoutAffinity, uselessAffinityCookie } from './rules/affinity.ts';
import { shareAffinity } from './affinity-sides.ts';

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

type Context = Omit<ReadContext<unknown>, 'options'>;

function reportLone({ ingress, report, written, refused }: Context): void {
  if (refused.has('affinity')) return;
  const name = COOKIE_ANNOTATIONS.find(each => annotationText(ingress, each).trim() !== '');
  const at = name === undefined ? undefined : written(name);
  if (at === undefined) return;
  const message = `${name} has no effect without affinity: clients are not kept on one endpoint`;
  report({ rule: sessionCookieWithoutAffinity, message, help: `add affinity: cookie, or remove ${name}`, at });
}

/** Whether browsers take a cookie with this Domain from the host. */
function covers(domain: string, host: string): boolean {
  const bare = domain.replace(/^\./, '').toLowerCase();
  return host === bare || host.endsWith(`.${bare}`);
}

/** Says which cookies browsers throw away. */
function reportUseless({ maxAge, domain }: SessionCookie, { ingress, report, written }: Context): void {
  const say = (name: string, problem: string, help: string): void => {
    const at = written(name);
    if (at === undefined) return;
    report({ rule: uselessAffinityCookie, message: `${name}: ${problem}: clients are not kept`, help, at });
  };
  if (maxAge !== undefined && maxAge <= 0) {
    const name = written('session-cookie-max-age') === undefined ? 'session-cookie-expires' : 'session-cookie-max-age';
    say(name, `browsers drop a cookie of ${maxAge} seconds at once`, 'write a positive number, or remove it');
  }
  const foreign =
    domain === undefined ? undefined : ingress.rules.find(({ host }) => host !== '' && !covers(domain, host));
  if (foreign === undefined) return;
  const problem = `browsers take no cookie for "${domain}" from ${foreign.host}`;
  say('session-cookie-domain', problem, 'write the host or a parent domain of it, or remove it');
}

export const affinity = defineFamily({
  name: 'affinity',
  annotations: {
    affinity: {
      type: trimmed<'cookie' | ''>(oneOf('cookie')),
      default: '',
      example: 'cookie',
      summary: 'Keeps each client on one endpoint by means of a cookie. Without it the others have no effect.',
      becomes: 'map, hash, add_header',
      differs: [
        {
          says: 'nginx has another ring than the controller: clients with a cookie of the controller get a new one and may change the endpoint once',
        },
        { says: 'if the endpoint of a cookie fails, another one answers instead of 502' },
      ],
    } satisfies OptionSpec<'cookie' | ''>,
    'affinity-mode': {
      type: trimmed(oneOf('balanced', 'persistent')),
      default: 'balanced',
      example: 'persistent',
      summary:
        'Whether a new endpoint takes over some of the sessions, or sessions stay for as long as theirs is there.',
      becomes: 'map, hash',
    } satisfies OptionSpec<Affinity['mode']>,
    'session-cookie-name': {
      type: cookieName,
      default: DEFAULT_NAME,
      example: 'route',
      summary: 'What the cookie is called.',
      becomes: 'map, add_header',
    } satisfies OptionSpec<string>,
    'session-cookie-path': {
      type: path,
      default: '',
      example: '/shop',
      summary: 'The Path attribute of the cookie; without it, the path of the rule.',
      becomes: 'add_header',
    } satisfies OptionSpec<string>,
    'session-cookie-domain': {
      type: domain,
      default: '',
      example: 'example.com',
      summary: 'The Domain attribute of the cookie.',
      becomes: 'add_header',
    } satisfies OptionSpec<string>,
    'session-cookie-max-age': {
      type: seconds,
      default: '',
      example: '3600',
      summary: 'For how many seconds browsers keep the cookie; without it, until they are closed.',
      becomes: 'add_header',
    } satisfies OptionSpec<number | ''>,
    'session-cookie-expires': {
      type: seconds,
      default: '',
      example: '3600',
      summary: 'The same for very old browsers. Sent as Max-Age, unless session-cookie-max-age is there.',
      becomes: 'add_header',
      differs: [{ says: 'it is sent as Max-Age, not as a date' }],
    } satisfies OptionSpec<number | ''>,
    'session-cookie-secure': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Adds the Secure attribute over plain HTTP, too; over HTTPS the cookie always has it.',
      becomes: 'map, add_header',
    } satisfies OptionSpec<boolean>,
    'session-cookie-samesite': {
      type: trimmed<SameSite | ''>(oneOf('None', 'Lax', 'Strict')),
      default: '',
      example: 'Lax',
      summary: 'The SameSite attribute of the cookie.',
      becomes: 'add_header',
    } satisfies OptionSpec<SameSite | ''>,
    'session-cookie-conditional-samesite-none': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Leaves SameSite=None out for browsers that mistake it.',
      becomes: 'map, add_header',
    } satisfies OptionSpec<boolean>,
    'session-cookie-change-on-failure': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'With `persistent`: if the endpoint of a client fails, it stays with the one that answered instead.',
      becomes: 'map, add_header',
      differs: [
        {
          says: 'another endpoint answers in any case, and only with affinity-mode persistent the client stays there',
          where: value => value,
        },
      ],
    } satisfies OptionSpec<boolean>,
  },
  options: {},
  switchedOnBy: 'affinity',
  read(values, context): AskedAffinity | undefined {
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
    reportUseless(cookie, context);
    const changesOnFailure = values['session-cookie-change-on-failure'];
    const hasMode = context.written('affinity-mode') !== undefined && !context.refused.has('affinity-mode');
    const mode = hasMode ? values['affinity-mode'] : undefined;
    const path = values['session-cookie-path'];
    return { cookie, changesOnFailure, mode, given: path === '' ? undefined : { path } };
  },
  gives: {
    upstream: (claims, report) => settleAffinity(claims, report),
    shared: (asks, sharing) => shareAffinity(asks, sharing),
    location({ given }, { written }): AffinityCookie | undefined {
      return written === undefined ? undefined : (given ?? { path: cookiePathOf(written) });
    },
  },
});
