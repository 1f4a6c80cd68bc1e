import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { insideOfName } from '../resources/inside.ts';
import type { AskedAuth } from './external-auth-asked.ts';
import { authOf } from './external-auth-asked.ts';
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
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { asksForGuard, hostsOf } from './guards.ts';
import { loopbackAuthService } from './rules/external-auth.ts';
import { guardWithoutEffect, invalidGuard } from './rules/guards.ts';

type Context = Omit<ReadContext<unknown>, 'options'>;

/** Those that mean nothing without the URL. */
const DEPENDENT = ['auth-signin', 'auth-response-headers', 'auth-method', 'auth-request-redirect'];

/** Says that none of the others asks anybody. */
function reportLone({ ingress, report, written, refused }: Context): void {
  if (refused.has('auth-url') || asksForGuard(ingress)) return;
  const name = DEPENDENT.find(each => annotationText(ingress, each).trim() !== '');
  const at = name === undefined ? undefined : written(name);
  if (at === undefined) return;
  const message = `${name} has no effect without auth-url: ${hostsOf(ingress)} is open to everybody`;
  report({ rule: guardWithoutEffect, message, help: `add auth-url, or remove ${name}`, at });
}

function reportLoopback({ host }: AuthUrl, { ingress, report }: Context): void {
  const [part] = host === 'own' ? [] : host;
  if (part === undefined || !('text' in part) || insideOfName(part.text) !== 'loopback') return;
  const message = `auth-url: "${part.text}" is a loopback address: it leads to the machine that nginx runs on`;
  const at = annotationRef(ingress, 'auth-url');
  report({ rule: loopbackAuthService, message, help: 'fine for local development only', at });
}

/**
 * Another service decides whether a request may pass. Whatever is wrong with what it is told closes the door; only what
 * becomes of those whom it does not let in may be wrong.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/authreq/main.go.
 */
export const externalAuth = defineFamily({
  name: 'externalAuth',
  options: { 'no-auth-locations': noAuthLocations },
  annotations: {
    'auth-url': {
      type: authUrl,
      default: '',
      example: 'http://auth.shop.svc.cluster.local/verify',
      summary:
        'Asks this service whether a request may pass: 2xx lets it in, 401 and 403 are answered as they are, all else is a 500.',
      becomes: 'auth_request',
      differs: [
        { says: 'forwarded headers that a client sends (X-Forwarded-Host and others) do not reach the auth service' },
        {
          says: 'a URL without a path asks for /',
          where: url => /^[^:]*:\/\/[^/?]*$/.test(url),
        },
        {
          says: 'nginx asks itself for the host of the request, without DNS',
          where: url => /^https?:\/\/\$(?:host|http_host|best_http_host|server_name)(?:[/?]|$)/.test(url),
        },
      ],
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
  },
  switchedOnBy: 'auth-url',
  invalid: {
    rule: invalidGuard,
    isDropped: (name, text) => name === 'auth-url' && hasForeignCharacters(text),
    of: ['auth-url', 'auth-method', 'auth-response-headers', 'auth-request-redirect', 'auth-always-set-cookie'],
  },
  read(values, context): AskedAuth | undefined {
    const url = readAuthUrl(values['auth-url']);
    if (!url.ok) {
      reportLone(context);
      return undefined;
    }
    reportLoopback(url.value, context);
    const redirect = values['auth-request-redirect'];
    return {
      url: url.value,
      at: annotationRef(context.ingress, 'auth-url'),
      except: context.options['no-auth-locations'],
      method: values['auth-method'] || undefined,
      redirect: [redirect === '' ? { variable: 'request_uri' } : { text: redirect }],
      headers: values['auth-response-headers'],
      alwaysSetsCookie: values['auth-always-set-cookie'],
      signIn: signInUrl(values['auth-signin'], values['auth-signin-redirect-param']),
    };
  },
  gives: { location: (asked, facts) => authOf(asked, facts) },
});
