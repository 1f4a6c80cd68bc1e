import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer, text, trimmed } from '../options/value-type.ts';
import type { Cors } from '../routing/policies/cors.ts';
import { annotationRef } from './annotation-ref.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';
import { corsOpenToAll, invalidCorsOrigin } from './rules/cors.ts';

const ORIGIN = /^(?:[a-z]+:\/\/(?:\*\.)?[A-Za-z0-9.-]*(?::\d+)?|null)$/;
/** More than a scheme, a host name and a port have. */
const LONGEST_ORIGIN = 300;

/** What stands between commas, whatever it is: one wrong origin must not decide about the others. */
const entries: ValueType<readonly string[]> = {
  name: 'list of origins, separated by commas',
  schema: {},
  separator: ',',
  parse: value => ({
    ok: true,
    value: value
      .split(',')
      .map(entry => entry.trim())
      .filter(entry => entry !== ''),
  }),
};

/** Text that goes into a header as it is. */
function headerText(pattern: RegExp, what: string): ValueType<string> {
  const short = text(/^/, '');
  return trimmed({
    ...short,
    schema: { pattern: pattern.source },
    parse(value) {
      const read = short.parse(value);
      if (!read.ok || pattern.test(value)) return read;
      return { ok: false, problem: `is not a list of ${what}`, help: `write names with ", " between them` };
    },
  });
}

// The controller's expressions for methods and exposed headers take the time of all ways to cut a long word; these take
// the same texts.
const methods = headerText(/^[A-Za-z]+(?:(?:, ?| )[A-Za-z]+)*(?:, ?| )?$/, 'methods');
const requestHeaders = headerText(/^[A-Za-z0-9_, -]*$/, 'headers');
const exposedHeaders = headerText(/^[A-Za-z0-9_*-]+(?:(?:, ?| )[A-Za-z0-9_*-]+)*(?:, ?| )?$/, 'headers');

function isOrigin(entry: string): boolean {
  return entry.length <= LONGEST_ORIGIN && ORIGIN.test(entry);
}

/**
 * Whether the controller allows all origins because of an entry: it does for a character that no origin has, and passes
 * over what only lacks a scheme. Source: ingress-nginx 1.15.1, internal/ingress/annotations/cors/main.go.
 */
function opensAll(entry: string): boolean {
  return !/^(?:[a-z]+:\/\/)?(?:\*\.)?[A-Za-z0-9.-]*(?::\d+)?$/.test(entry.replaceAll(' ', ''));
}

/** What to type instead: the same without quotes and path, with a scheme. */
function helpFor(entry: string): string {
  const [, scheme = 'https', rest = ''] = /^["']?(?:([a-z]+):\/\/)?([^/"']*)/i.exec(entry) ?? [];
  const origin = `${scheme.toLowerCase()}://${rest}`;
  if (rest !== '' && isOrigin(origin)) return `write "${origin}"`;
  return 'write scheme and host, such as https://app.example.com or https://*.example.com';
}

/** The origins of a list; undefined if there are none. What is none is said and left out: it must not open the others. */
function originsOf(listed: readonly string[], { ingress, report }: Context): Cors['origins'] | undefined {
  if (listed.includes('*')) return 'any';
  const at = annotationRef(ingress, 'cors-allow-origin');
  const say = (message: string, help: string): void => report({ rule: invalidCorsOrigin, message, help, at });
  const sayOpen = (entry: string): void => {
    const message = `cors-allow-origin: "${entry}" is not an origin: the controller allows all sites instead`;
    report({ rule: corsOpenToAll, message, help: helpFor(entry), at });
  };
  const origins = new Set<string>();
  for (const entry of listed) {
    if (isOrigin(entry)) origins.add(entry.toLowerCase());
    else if (opensAll(entry)) sayOpen(entry);
    else say(`cors-allow-origin: "${entry}" is not an origin: its scripts are refused`, helpFor(entry));
  }
  if (listed.length === 0) say('cors-allow-origin names no origin: all scripts are refused', helpFor(''));
  return origins.size === 0 ? undefined : [...origins].toSorted();
}

type Context = Omit<ReadContext<unknown>, 'options'>;

const OTHERS = [
  'cors-allow-origin',
  'cors-allow-methods',
  'cors-allow-headers',
  'cors-expose-headers',
  'cors-allow-credentials',
  'cors-max-age',
];

/** Says which annotations do nothing, unless somebody has switched the family off. */
function reportIdle({ ingress, report, written }: Context): void {
  const [first, ...more] = OTHERS.filter(name => written(name) !== undefined);
  if (first === undefined || written('enable-cors') !== undefined) return;
  const message = `${first} has no effect without enable-cors`;
  const help = `write enable-cors: "true" as well, or remove ${more.length === 0 ? 'it' : 'all that begin with cors-'}`;
  report({ rule: annotationWithoutEffect, message, help, at: annotationRef(ingress, first) });
}

/**
 * What browsers ask before they let a script of another site read a response.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/cors/main.go and rootfs/etc/nginx/template/nginx.tmpl, CORS.
 */
export const cors = defineFamily({
  name: 'cors',
  options: {},
  annotations: {
    'enable-cors': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Answers preflights and adds the CORS headers to responses.',
      becomes: 'add_header, return 204',
    } satisfies OptionSpec<boolean>,
    'cors-allow-origin': {
      type: entries,
      default: ['*'],
      example: 'https://app.example.com,https://*.example.org',
      summary: 'The sites whose scripts may read responses; `*.` stands for one label, `*` alone for all sites.',
      becomes: 'map, add_header',
      differs: [
        {
          says: 'the whole Origin is compared, so that one that merely ends in an allowed one is not let in',
          where: value => !value.includes('*'),
        },
      ],
    } satisfies OptionSpec<readonly string[]>,
    'cors-allow-methods': {
      type: methods,
      default: 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
      example: 'GET, POST',
      summary: 'The HTTP methods that scripts of other sites may use.',
      becomes: 'add_header',
    } satisfies OptionSpec<string>,
    'cors-allow-headers': {
      type: requestHeaders,
      default:
        'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
      example: 'Content-Type, X-Requested-With',
      summary: 'The request headers that scripts of other sites may set.',
      becomes: 'add_header',
    } satisfies OptionSpec<string>,
    'cors-expose-headers': {
      type: exposedHeaders,
      default: '',
      example: 'X-Request-ID',
      summary: 'The response headers that scripts of other sites may read besides the usual ones.',
      becomes: 'add_header',
    } satisfies OptionSpec<string>,
    'cors-allow-credentials': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether requests of other sites may carry cookies.',
      becomes: 'add_header',
    } satisfies OptionSpec<boolean>,
    'cors-max-age': {
      type: integer({ min: -1, max: 999_999_999 }),
      default: 1_728_000,
      example: '600',
      summary: 'For how many seconds browsers keep the answer to a preflight.',
      becomes: 'add_header',
    } satisfies OptionSpec<number>,
  },
  switchedOnBy: 'enable-cors',
  read(values, context): Cors | undefined {
    if (!values['enable-cors']) {
      reportIdle(context);
      return undefined;
    }
    const origins = originsOf(values['cors-allow-origin'], context);
    if (origins === undefined) return undefined;
    return {
      origins,
      methods: values['cors-allow-methods'],
      requestHeaders: values['cors-allow-headers'],
      exposedHeaders: values['cors-expose-headers'],
      isCredentialed: values['cors-allow-credentials'],
      maxAgeSeconds: values['cors-max-age'],
    };
  },
  gives: { location: asked => asked },
});
