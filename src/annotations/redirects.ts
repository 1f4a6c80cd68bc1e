import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { RedirectCode, Target } from '../routing/model.ts';
import type { Asker } from '../routing/policies.ts';
import type { Redirects } from '../routing/policies/redirects.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import type { CodeText } from './http-redirect-code.ts';
import { CODES, HTTP_REDIRECT_CODE, httpRedirectCode } from './http-redirect-code.ts';
import { PORT_IN_REDIRECTS, portInRedirects, portInRedirectsOption } from './port-in-redirects.ts';
import {
  isRedirectCode,
  redirectCode,
  redirectUrl,
  sendsLocation,
  hostWithoutScheme,
  urlProblem,
} from './redirects-values.ts';
import { annotationWithoutEffect, droppedForValue, invalidAnnotationValue } from './rules/annotations.ts';
import { redirectWithoutLocation } from './rules/redirects.ts';

const PERMANENT = 'permanent-redirect';
const PERMANENT_CODE = 'permanent-redirect-code';
const RELATIVE = 'relative-redirects';
const TEMPORAL = 'temporal-redirect';
const TEMPORAL_CODE = 'temporal-redirect-code';
const WWW = 'from-to-www-redirect';

interface Asked {
  readonly url: Extract<Target, { readonly kind: 'redirect' }> | undefined;
  readonly own: Redirects | undefined;
  readonly www: RedirectCode | undefined;
}

interface Options {
  readonly [RELATIVE]: boolean;
  readonly [PORT_IN_REDIRECTS]: boolean;
  readonly [HTTP_REDIRECT_CODE]: CodeText;
}

type Values = Omit<Options, typeof HTTP_REDIRECT_CODE> & { readonly [WWW]: boolean } & {
  readonly [N in typeof PERMANENT | typeof TEMPORAL]: string;
} & { readonly [N in typeof PERMANENT_CODE | typeof TEMPORAL_CODE]: number };

type Context = ReadContext<Options>;

function say(context: Context, name: string, message: string, help: string): void {
  const { ingress, report } = context;
  report({ rule: annotationWithoutEffect, message: `${name} ${message}`, help, at: annotationRef(ingress, name) });
}

/** What an annotation asks for: of the two, the temporary redirect goes first. */
interface Kind {
  readonly name: typeof PERMANENT | typeof TEMPORAL;
  readonly code: typeof PERMANENT_CODE | typeof TEMPORAL_CODE;
  readonly usual: RedirectCode;
  readonly largest: RedirectCode;
}

const KINDS: Readonly<Record<'permanent' | 'temporal', Kind>> = {
  permanent: { name: PERMANENT, code: PERMANENT_CODE, usual: 301, largest: 308 },
  temporal: { name: TEMPORAL, code: TEMPORAL_CODE, usual: 302, largest: 307 },
};

/** The status of a redirect: where the number is none of them, the controller takes the usual one. */
function codeOf({ code: name, usual, largest }: Kind, values: Values, { ingress, report }: Context): RedirectCode {
  const code = values[name];
  const at = annotationRef(ingress, name);
  if (!isRedirectCode(code) || code > largest) {
    const message = `${name}: "${code}" is not between 300 and ${largest}`;
    report({ rule: invalidAnnotationValue, message, help: `write "${usual}" or "307"`, at });
    return usual;
  }
  if (!sendsLocation(code)) {
    const message = `${name}: with "${code}", nginx sends no Location, so that clients stay where they are`;
    report({ rule: redirectWithoutLocation, message, help: `write "${usual}" or "307"`, at });
  }
  return code;
}

/** The first annotation without a value that makes the controller ignore all of them; undefined if none does. */
function emptyOne(isTemporal: boolean, { ingress, written }: Context): string | undefined {
  const looked = isTemporal ? [WWW, RELATIVE, TEMPORAL_CODE] : [WWW, RELATIVE, TEMPORAL, PERMANENT, PERMANENT_CODE];
  return looked.find(name => written(name) !== undefined && annotationText(ingress, name) === '');
}

function reportIdle(kind: Kind | undefined, context: Context): void {
  const { ingress, written } = context;
  if (kind?.name === TEMPORAL && written(PERMANENT) !== undefined)
    say(context, PERMANENT, 'has no effect beside temporal-redirect', 'remove one of the two');
  for (const { name, code } of Object.values(KINDS)) {
    const isIdle = annotationText(ingress, code) !== '' && name !== kind?.name;
    if (isIdle && written(name) === undefined) say(context, code, `has no effect without ${name}`, `add ${name}`);
  }
}

/** How redirects of nginx are written; undefined for as on all hosts. */
function ownOf(isRelative: boolean, values: Pick<Options, typeof PORT_IN_REDIRECTS>): Redirects | undefined {
  const namesPort = values[PORT_IN_REDIRECTS];
  if (!isRelative && !namesPort) return undefined;
  return { ...(isRelative ? { isRelative } : {}), ...(namesPort ? { namesPort } : {}) };
}

/** Of a permanent redirect the controller does not look at what it is given. */
function reportRelative(url: string, { ingress, report }: Context): void {
  const host = hostWithoutScheme(url);
  if (host === undefined) return;
  const message = `${PERMANENT}: "${url}" is a path below the one that was asked for: it names no scheme`;
  report({
    rule: invalidAnnotationValue,
    message,
    help: `write "https://${url}"`,
    at: annotationRef(ingress, PERMANENT),
  });
}

function askedOf(values: Values, context: Context): Asked {
  const { ingress, report, options } = context;
  const kind = values[TEMPORAL] !== '' ? KINDS.temporal : values[PERMANENT] !== '' ? KINDS.permanent : undefined;
  reportIdle(kind, context);
  const nothing = { url: undefined, own: ownOf(false, values), www: undefined };
  const empty = emptyOne(kind?.name === TEMPORAL, context);
  if (empty !== undefined) {
    const first = kind?.name ?? ([RELATIVE, WWW] as const).find(name => values[name]);
    if (first !== undefined) say(context, first, `has no effect, since ${empty} is empty`, `remove ${empty}`);
    return nothing;
  }
  const problem = kind?.name === TEMPORAL ? urlProblem(values[TEMPORAL]) : undefined;
  if (problem !== undefined) {
    const message = `${TEMPORAL}: "${values[TEMPORAL]}" ${problem}: it has no effect`;
    const help = 'write a whole URL, such as "https://www.example.com/"';
    report({ rule: invalidAnnotationValue, message, help, at: annotationRef(ingress, TEMPORAL) });
    return nothing;
  }
  if (kind?.name === PERMANENT && values[PERMANENT] !== '') reportRelative(values[PERMANENT], context);
  return {
    url: kind && {
      kind: 'redirect',
      code: codeOf(kind, values, context),
      to: { kind: 'url', url: values[kind.name] },
      from: [askerOf(kind.name, context)],
    },
    own: ownOf(values[RELATIVE] && !options[RELATIVE], values),
    www: values[WWW] ? CODES[options[HTTP_REDIRECT_CODE]] : undefined,
  };
}

function askerOf(name: string, { ingress }: Context): Asker {
  return { by: 'annotation', name, at: cameFrom(ingress, annotationRef(ingress, name)) };
}

const relative = {
  type: bool,
  default: false,
  example: 'true',
} as const;

/**
 * Redirects of all requests to a URL, and how nginx writes redirects to a path.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/redirect/redirect.go and rootfs/etc/nginx/template/nginx.tmpl.
 */
export const redirects = defineFamily({
  name: 'redirects',
  options: {
    [RELATIVE]: {
      ...relative,
      summary: 'Whether redirects to a path leave out scheme and host, on all hosts.',
      becomes: 'absolute_redirect',
    } satisfies OptionSpec<boolean>,
    ...portInRedirectsOption,
    ...httpRedirectCode,
  },
  annotations: {
    [PERMANENT]: {
      type: redirectUrl,
      default: '',
      example: 'https://www.example.com/',
      summary: 'Answers every request with a redirect to this URL; neither path nor query is added.',
      becomes: 'return 301',
    } satisfies OptionSpec<string>,
    [PERMANENT_CODE]: {
      type: redirectCode,
      default: 301,
      example: '308',
      summary: 'The status of the permanent redirect.',
      becomes: 'return',
    } satisfies OptionSpec<number>,
    [TEMPORAL]: {
      type: redirectUrl,
      default: '',
      example: 'https://www.example.com/maintenance',
      summary: 'The same with a temporary redirect, which goes before the permanent one.',
      becomes: 'return 302',
    } satisfies OptionSpec<string>,
    [TEMPORAL_CODE]: {
      type: redirectCode,
      default: 302,
      example: '307',
      summary: 'The status of the temporary redirect.',
      becomes: 'return',
    } satisfies OptionSpec<number>,
    [RELATIVE]: {
      ...relative,
      summary: 'Whether redirects to a path leave out scheme and host.',
      becomes: 'absolute_redirect',
    } satisfies OptionSpec<boolean>,
    ...portInRedirects,
    [WWW]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Sends requests for `www.HOST` to HOST, or for a HOST with `www.` those without it.',
      becomes: 'server, return',
      differs: [{ says: 'the redirect names a port only if the client did', where: value => value }],
    } satisfies OptionSpec<boolean>,
  },
  invalid: {
    rule: droppedForValue,
    isDropped: () => true,
    of: [PERMANENT, PERMANENT_CODE, TEMPORAL, TEMPORAL_CODE, RELATIVE, WWW],
  },
  read: askedOf,
  byDefault: options => ({ url: undefined, own: ownOf(false, options), www: undefined }),
  askers: values => ([RELATIVE, PORT_IN_REDIRECTS, WWW] as const).filter(name => values[name]),
  gives: {
    http: options => (options[RELATIVE] ? { isRelative: true } : undefined),
    location: ({ own }) => own,
    www: ({ www }) => www,
    // The catch-all keeps the redirects of the controller's own default server, which has none.
    target: ({ url }, found, { isCatchAll }) => (isCatchAll ? found : (url ?? found)),
  },
});
