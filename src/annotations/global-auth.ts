import type { OptionSpec, Values } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { readHeaderValue } from '../routing/header-text.ts';
import { buffering } from './buffering.ts';
import { annotationText } from './annotation-ref.ts';
import { noAuthLocations } from './exempt-paths.ts';
import { externalAuth } from './external-auth.ts';
import { authOf, largerBuffer } from './external-auth-asked.ts';
import type { AskedAuth } from './external-auth-asked.ts';
import { cacheDurationsOfOption, cacheKeyOfOption, cacheOf } from './external-auth-cache.ts';
import { globalAuthUrl } from './external-auth-service.ts';
import { readAuthUrl } from './external-auth-url.ts';
import {
  headerNamesOfOption,
  methodOfOption,
  pageOfOption,
  plainUrl,
  redirectOfOption,
  signInUrl,
} from './external-auth-values.ts';
import type { DefaultContext } from './family.ts';
import { defineFamily } from './family.ts';
import { snippetText } from './snippet-options.ts';
import { modeOfGlobalAuth, takenOfOption } from './snippets.ts';

const URL = 'auth-url';
const { 'auth-url': ofUrl, 'auth-signin': ofPage } = externalAuth.annotations;

const SNIPPET = 'global-auth-snippet';
const BUFFER = 'proxy-buffer-size';

const options = {
  'no-auth-locations': noAuthLocations,
  [BUFFER]: buffering.options[BUFFER],
  'global-auth-url': globalAuthUrl,
  'global-auth-method': {
    type: methodOfOption,
    default: '',
    example: 'POST',
    summary: 'The HTTP method of requests to the global auth service; without it GET.',
    becomes: 'proxy_method',
  } satisfies OptionSpec<string>,
  'global-auth-signin': {
    type: pageOfOption,
    default: '',
    example: 'https://$host/oauth2/start',
    summary: 'The page to which clients are sent whom the global auth service does not know (401).',
    becomes: 'error_page, return',
    differs: ofPage.differs,
  } satisfies OptionSpec<string>,
  'global-auth-signin-redirect-param': {
    type: plainUrl,
    default: 'rd',
    example: 'back',
    summary: 'The query parameter in which that page gets the URL to return to.',
    becomes: 'return',
  } satisfies OptionSpec<string>,
  'global-auth-response-headers': {
    type: headerNamesOfOption,
    default: [],
    example: 'X-User,X-Email',
    summary: "Headers of the global auth service's response that backends get in place of those of the client.",
    becomes: 'auth_request_set, proxy_set_header',
  } satisfies OptionSpec<readonly string[]>,
  'global-auth-request-redirect': {
    type: redirectOfOption,
    default: '',
    example: 'https://$host$request_uri',
    summary: 'The X-Auth-Request-Redirect header that the global auth service gets; without it the URI of the request.',
    becomes: 'proxy_set_header',
  } satisfies OptionSpec<string>,
  'global-auth-always-set-cookie': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether the cookie of the global auth service goes out with error responses, too.',
    becomes: 'add_header',
  } satisfies OptionSpec<boolean>,
  [SNIPPET]: {
    type: snippetText,
    default: '',
    example: 'proxy_set_header X-Realm staff;',
    summary: 'Directives of nginx for the request to the global auth service.',
    becomes: 'the same directives, each in its place',
  } satisfies OptionSpec<string>,
  'global-auth-cache-key': {
    type: cacheKeyOfOption,
    default: '',
    example: '$cookie_session',
    summary:
      'Keeps the answers of the global auth service, and tells them apart by this, the host and the path of the rule.',
    becomes: 'proxy_cache, proxy_cache_key',
  } satisfies OptionSpec<string>,
  'global-auth-cache-duration': {
    type: cacheDurationsOfOption,
    default: [],
    example: '200 202 10m, 401 1m',
    summary: 'How long answers of the global auth service are kept, by status; without it as long as they say.',
    becomes: 'proxy_cache_valid',
  } satisfies OptionSpec<readonly string[]>,
};

type Options = Values<typeof options>;

function redirectOf(text: string): AskedAuth['redirect'] {
  const read = readHeaderValue(text);
  return text === '' || !read.ok ? [{ variable: 'request_uri' }] : read.value;
}

type Asking = Pick<DefaultContext, 'written' | 'snippets'>;

/** What would be missing of a snippet that cannot be taken may be what keeps people out: then nobody gets in. */
function askedBy(options: Options, { written: placeOf, snippets }: Asking, buffer?: string): AskedAuth | undefined {
  const url = options['global-auth-url'];
  if (url === '') return undefined;
  const read = readAuthUrl(url);
  const statements = takenOfOption(SNIPPET, options[SNIPPET], 'auth', modeOfGlobalAuth(snippets));
  return {
    url: read.ok && statements !== undefined ? read.value : undefined,
    ...(statements === undefined || statements.length === 0 ? {} : { statements }),
    at: placeOf('global-auth-url'),
    except: options['no-auth-locations'],
    method: options['global-auth-method'] || undefined,
    redirect: redirectOf(options['global-auth-request-redirect']),
    sent: [],
    headers: options['global-auth-response-headers'],
    alwaysSetsCookie: options['global-auth-always-set-cookie'],
    signIn: signInUrl(options['global-auth-signin'], options['global-auth-signin-redirect-param'] || 'rd'),
    cache: cacheOf(options['global-auth-cache-key'], options['global-auth-cache-duration']),
    buffer,
  };
}

/**
 * An auth service that all hosts ask, but for Ingresses that ask another one, or none.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/authreqglobal/main.go, and
 * internal/ingress/controller/template/configmap.go.
 */
export const globalAuth = defineFamily({
  name: 'globalAuth',
  options,
  annotations: {
    'enable-global-auth': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether the auth service of the option `global-auth-url` is asked.',
      becomes: 'auth_request',
    } satisfies OptionSpec<boolean>,
    [URL]: ofUrl,
    [BUFFER]: buffering.annotations[BUFFER],
  },
  read(values, { ingress, options: ofAll, writtenOption, snippets }): AskedAuth | undefined {
    if (annotationText(ingress, URL) !== '' || !values['enable-global-auth']) return undefined;
    return askedBy(ofAll, { written: writtenOption, snippets }, largerBuffer(values[BUFFER], ofAll[BUFFER]));
  },
  byDefault: (ofAll, context) => askedBy(ofAll, context),
  gives: { location: (asked, facts) => authOf(asked, facts) },
});
