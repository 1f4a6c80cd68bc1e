import type { OptionSpec } from '../options/option.ts';
import { bool, text, trimmed } from '../options/value-type.ts';
import { insideOfName } from '../resources/inside.ts';
import type { AskedAuth } from './external-auth-asked.ts';
import { authOf, largerBuffer } from './external-auth-asked.ts';
import { cacheDurations, cacheKey, cacheOf, isOfEverybody, SHARED_HELP, USUAL_VALID } from './external-auth-cache.ts';
import { globalAuthUrl, urlDiffers } from './external-auth-service.ts';
import { sentHeaders } from './external-auth-headers.ts';
import { keepalive } from './external-auth-keepalive.ts';
import { buffering } from './buffering.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { readAuthUrl } from './external-auth-url.ts';
import type { AuthUrl } from './external-auth-url.ts';
import {
  authUrl,
  hasForeignCharacters,
  headerNames,
  method,
  page,
  plainUrl,
  signInUrl,
} from './external-auth-values.ts';
import { noAuthLocations } from './exempt-paths.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { ReadContext } from './family.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Statement } from '../routing/snippets.ts';
import { snippetText } from './snippet-options.ts';
import { takeSnippet } from './snippets.ts';
import { defineFamily } from './family.ts';
import { asksForGuard, hostsOf } from './guards.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';
import { loopbackAuthService, sharedAuthAnswers } from './rules/external-auth.ts';
import { guardWithoutEffect, invalidGuard } from './rules/guards.ts';

const BUFFER = 'proxy-buffer-size';

type Context = Omit<ReadContext<unknown>, 'options'>;

/** Those that mean nothing without the URL. */
const DEPENDENT = [
  'auth-snippet',
  'auth-signin',
  'auth-signin-redirect-param',
  'auth-response-headers',
  'auth-method',
  'auth-request-redirect',
  'auth-always-set-cookie',
  'auth-proxy-set-headers',
  'auth-cache-key',
  'auth-cache-duration',
  ...Object.keys(keepalive),
];

/** Says that none of the others asks anybody. */
function reportLone({ ingress, report, written, refused }: Context, isAskedForAll: boolean): void {
  if (refused.has('auth-url')) return;
  const name = DEPENDENT.find(each => annotationText(ingress, each).trim() !== '');
  const at = name === undefined ? undefined : written(name);
  if (at === undefined) return;
  const help = `add auth-url, or remove ${name}`;
  const message = `${name} has no effect without auth-url`;
  if (isAskedForAll || asksForGuard(ingress)) report({ rule: annotationWithoutEffect, message, help, at });
  else report({ rule: guardWithoutEffect, message: `${message}: ${hostsOf(ingress)} is open to everybody`, help, at });
}

function reportLoopback({ host }: AuthUrl, { ingress, report }: Context): void {
  const [part] = host === 'own' ? [] : host;
  if (part === undefined || !('text' in part) || insideOfName(part.text) !== 'loopback') return;
  const message = `auth-url: "${part.text}" is a loopback address: it leads to the machine that nginx runs on`;
  const at = annotationRef(ingress, 'auth-url');
  report({ rule: loopbackAuthService, message, help: 'fine for local development only', at });
}

function reportSharedAnswers(key: string, { ingress, report }: Context): void {
  report({
    rule: sharedAuthAnswers,
    message: `auth-cache-key: "${key}" is the same for every client: whoever comes first is let in for all`,
    help: SHARED_HELP,
    at: annotationRef(ingress, 'auth-cache-key'),
  });
}

/** What somebody wrote for the request to the service; undefined where it cannot be taken, which is said. */
function authSnippet(text: string, { ingress, report, snippets }: Context): readonly Statement[] | undefined {
  if (text.trim() === '') return [];
  const name = 'auth-snippet';
  const lost = 'the locations of this Ingress answer 503';
  const at = annotationRef(ingress, name);
  return takeSnippet({ name, text, place: 'auth', at, lost, owner: objectText(ingress) }, snippets, report);
}

/**
 * Another service decides whether a request may pass. Whatever is wrong with what it is told closes the door; only what
 * becomes of those whom it does not let in may be wrong.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/authreq/main.go.
 */
export const externalAuth = defineFamily({
  name: 'externalAuth',
  options: {
    'no-auth-locations': noAuthLocations,
    'global-auth-url': globalAuthUrl,
    [BUFFER]: buffering.options[BUFFER],
    'enable-auth-access-log': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether the access log has a line for each request to an auth service, too.',
      becomes: 'log_subrequest',
    } satisfies OptionSpec<boolean>,
  },
  annotations: {
    'auth-url': {
      type: authUrl,
      default: '',
      example: 'http://auth.shop.svc.cluster.local/verify',
      summary:
        'Asks this service whether a request may pass: 2xx lets it in, 401 and 403 are answered as they are, all else is a 500.',
      becomes: 'auth_request',
      differs: urlDiffers,
    } satisfies OptionSpec<string>,
    'auth-method': {
      type: method,
      default: '',
      example: 'POST',
      summary: 'The HTTP method of requests to the auth service; without it GET.',
      becomes: 'proxy_method',
    } satisfies OptionSpec<string>,
    'auth-signin': {
      type: page,
      default: '',
      example: 'https://$host/oauth2/start',
      summary: 'The page to which clients are sent whom the auth service does not know (401).',
      becomes: 'error_page, return',
      differs: [
        {
          says: 'of the URL to come back to, only % (up to 32), & (16), + (8) and ; (8) are escaped',
          where: url => url !== '',
        },
      ],
    } satisfies OptionSpec<string>,
    'auth-signin-redirect-param': {
      type: plainUrl,
      default: 'rd',
      example: 'back',
      summary: 'The query parameter in which the sign-in page gets the URL to return to.',
      becomes: 'return',
    } satisfies OptionSpec<string>,
    'auth-response-headers': {
      type: headerNames,
      default: [],
      example: 'X-User,X-Email',
      summary: "Headers of the auth service's response that the backend gets in place of those of the client.",
      becomes: 'auth_request_set, proxy_set_header',
    } satisfies OptionSpec<readonly string[]>,
    'auth-request-redirect': {
      type: plainUrl,
      default: '',
      example: 'https://shop.example.com/',
      summary: 'The X-Auth-Request-Redirect header that the auth service gets; without it the URI of the request.',
      becomes: 'proxy_set_header',
    } satisfies OptionSpec<string>,
    'auth-always-set-cookie': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether the cookie of the auth service goes out with error responses, too.',
      becomes: 'add_header',
    } satisfies OptionSpec<boolean>,
    'auth-proxy-set-headers': {
      type: trimmed(text(/^[-._~a-zA-Z0-9/:]*$/, 'letters, digits and - . _ ~ / :')),
      default: '',
      example: 'shop/auth-headers',
      summary:
        'The ConfigMap (`namespace/name`) with headers that the auth service gets, in which variables are replaced.',
      becomes: 'proxy_set_header',
    } satisfies OptionSpec<string>,
    'auth-cache-key': {
      type: cacheKey,
      default: '',
      example: '$cookie_session',
      summary:
        'Keeps the answers of the auth service, and tells them apart by this, the host and the path of the rule.',
      becomes: 'proxy_cache, proxy_cache_key',
    } satisfies OptionSpec<string>,
    'auth-cache-duration': {
      type: cacheDurations,
      default: USUAL_VALID,
      example: '200 202 10m, 401 1m',
      summary: 'How long answers of the auth service are kept, by status; only with `auth-cache-key`.',
      becomes: 'proxy_cache_valid',
    } satisfies OptionSpec<readonly string[]>,
    ...keepalive,
    [BUFFER]: buffering.annotations[BUFFER],
    'auth-snippet': {
      type: snippetText,
      default: '',
      example: 'proxy_set_header X-Forwarded-Host $http_host;',
      summary: 'Directives of nginx for the location that asks the auth service.',
      becomes: 'the same directives, each in its place',
    } satisfies OptionSpec<string>,
  },
  switchedOnBy: 'auth-url',
  invalid: {
    rule: invalidGuard,
    isDropped: (name, text) => name === 'auth-url' && hasForeignCharacters(text),
    of: [
      'auth-url',
      'auth-method',
      'auth-response-headers',
      'auth-request-redirect',
      'auth-always-set-cookie',
      'auth-proxy-set-headers',
      'auth-cache-duration',
    ],
  },
  read(values, context): AskedAuth | Closed<AskedAuth> | undefined {
    const url = readAuthUrl(values['auth-url']);
    if (!url.ok) {
      reportLone(context, context.options['global-auth-url'] !== '');
      return undefined;
    }
    reportLoopback(url.value, context);
    if (isOfEverybody(values['auth-cache-key'])) reportSharedAnswers(values['auth-cache-key'], context);
    const sent = sentHeaders(values['auth-proxy-set-headers'], context);
    if ('closes' in sent) return sent;
    const statements = authSnippet(values['auth-snippet'], context);
    if (statements === undefined) return closed<AskedAuth>('location', 'auth-snippet cannot be taken');
    const redirect = values['auth-request-redirect'];
    return {
      url: url.value,
      at: annotationRef(context.ingress, 'auth-url'),
      except: context.options['no-auth-locations'],
      method: values['auth-method'] || undefined,
      redirect: [redirect === '' ? { variable: 'request_uri' } : { text: redirect }],
      sent,
      headers: values['auth-response-headers'],
      alwaysSetsCookie: values['auth-always-set-cookie'],
      ...(statements.length === 0 ? {} : { statements }),
      signIn: signInUrl(values['auth-signin'], values['auth-signin-redirect-param']),
      cache: cacheOf(values['auth-cache-key'], values['auth-cache-duration']),
      buffer: largerBuffer(values[BUFFER], context.options[BUFFER]),
    };
  },
  gives: {
    http: options => (options['enable-auth-access-log'] ? { isLogged: true } : undefined),
    location: (asked, facts) => authOf(asked, facts),
  },
});
