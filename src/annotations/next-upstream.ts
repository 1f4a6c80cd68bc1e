import type { OptionSpec } from '../options/option.ts';
import { seconds, secondsOfOption } from '../options/seconds.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer } from '../options/value-type.ts';
import type { NextUpstream } from '../routing/policies/next-upstream.ts';
import { defineFamily } from './family.ts';

const FAILURES = 'proxy-next-upstream';
const TIMEOUT = 'proxy-next-upstream-timeout';
const TRIES = 'proxy-next-upstream-tries';
const NON_IDEMPOTENT = 'non_idempotent';

const WORDS = [
  'error',
  'timeout',
  'invalid_header',
  ...[500, 502, 503, 504, 403, 404, 429].map(status => `http_${status}`),
  NON_IDEMPOTENT,
  'off',
];
const KNOWN: ReadonlySet<string> = new Set(WORDS);

/** Words with one blank or tab between them, as the controller takes them; blanks around them do not pass there. */
const failures: ValueType<readonly string[]> = {
  name: `list of ${WORDS.map(word => `\`${word}\``).join(', ')}, with a blank between two`,
  schema: { pattern: `^(?:(?:${WORDS.join('|')}) ?)+$` },
  separator: ' ',
  parse(text) {
    const words = text.replace(/[ \t]$/, '').split(/[ \t]/);
    const wrong = words.find(word => !KNOWN.has(word));
    if (wrong === undefined) return { ok: true, value: words };
    const problem =
      wrong.trim() === '' ? 'has white space that does not belong there' : `has "${wrong}", which nginx does not know`;
    return { ok: false, problem, help: `write some of ${WORDS.join(', ')}, with a blank between two` };
  },
};

/** Nobody checks the option in the controller, and nginx does not care how much white space there is. */
const failuresOfOption: ValueType<readonly string[]> = {
  ...failures,
  schema: { pattern: `^\\s*(?:(?:${WORDS.join('|')})\\s*)+$` },
  parse: text => failures.parse(text.trim().replaceAll(/\s+/g, ' ')),
};

/** 0 is no limit. */
const patience: ValueType<number> = {
  ...secondsOfOption,
  schema: { pattern: '^(?:[+-]?0+|[+]?[1-9][0-9]*)$' },
  parse: text => (/^[+-]?0+$/.test(text) ? { ok: true, value: 0 } : secondsOfOption.parse(text)),
};

const count = integer({ min: 0, max: 1_000_000 });

interface Values {
  readonly [FAILURES]: readonly string[];
  readonly [TIMEOUT]: number;
  readonly [TRIES]: number;
}

/** In the order of the controller, in which what is no failure comes last. */
function canonical(words: readonly string[], retriesAll: boolean): readonly string[] {
  if (words.includes('off')) return ['off'];
  const known = new Set(words);
  const isLast = known.delete(NON_IDEMPOTENT) || retriesAll;
  return isLast ? [...known, NON_IDEMPOTENT] : [...known];
}

function nextUpstreamOf(values: Values, retriesAll: boolean): NextUpstream {
  return { failures: canonical(values[FAILURES], retriesAll), seconds: values[TIMEOUT], tries: values[TRIES] };
}

/** What differs from what holds for all hosts; undefined for nothing. */
function differing(own: NextUpstream, ofAll: NextUpstream): Partial<NextUpstream> | undefined {
  const isSame = own.failures.length === ofAll.failures.length && own.failures.every(x => ofAll.failures.includes(x));
  const found = {
    ...(isSame ? {} : { failures: own.failures }),
    ...(own.seconds === ofAll.seconds ? {} : { seconds: own.seconds }),
    ...(own.tries === ofAll.tries ? {} : { tries: own.tries }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

const ofFailures = {
  default: ['error', 'timeout'],
  example: 'error timeout http_502',
  summary:
    'The failures after which another endpoint gets the request; one such as POST only with `non_idempotent`. `off` is never.',
  becomes: 'proxy_next_upstream',
} as const;
const ofTimeout = {
  default: 0,
  example: '10',
  summary: 'For how many seconds other endpoints are tried; `0` is as long as it takes.',
  becomes: 'proxy_next_upstream_timeout',
} as const;
const ofTries = {
  default: 3,
  example: '2',
  summary: 'How many endpoints are tried for one request, the first included; `0` is all.',
  becomes: 'proxy_next_upstream_tries',
  differs: [
    {
      says: 'each endpoint is asked once at most for a request, however many tries are left',
      where: (value: number) => value !== 1,
    },
  ],
} as const;

/**
 * When another endpoint gets the request.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/proxy/main.go and
 * internal/ingress/controller/template/template.go, buildNextUpstream.
 */
export const nextUpstream = defineFamily({
  name: 'nextUpstream',
  annotations: {
    [FAILURES]: { ...ofFailures, type: failures, defaultFrom: FAILURES } satisfies OptionSpec<readonly string[]>,
    [TIMEOUT]: { ...ofTimeout, type: seconds, defaultFrom: TIMEOUT } satisfies OptionSpec<number>,
    [TRIES]: { ...ofTries, type: count, defaultFrom: TRIES } satisfies OptionSpec<number>,
  },
  options: {
    [FAILURES]: { ...ofFailures, type: failuresOfOption } satisfies OptionSpec<readonly string[]>,
    [TIMEOUT]: { ...ofTimeout, type: patience } satisfies OptionSpec<number>,
    [TRIES]: { ...ofTries, type: count } satisfies OptionSpec<number>,
    'retry-non-idempotent': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether another endpoint also gets a request that may do something twice, such as POST, on all hosts.',
      becomes: 'proxy_next_upstream … non_idempotent',
    } satisfies OptionSpec<boolean>,
  },
  read(values, { options }) {
    const retriesAll = options['retry-non-idempotent'];
    return differing(nextUpstreamOf(values, retriesAll), nextUpstreamOf(options, retriesAll));
  },
  gives: {
    http: options => nextUpstreamOf(options, options['retry-non-idempotent']),
    location: asked => asked,
  },
});
