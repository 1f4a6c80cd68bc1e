import type { OptionSpec } from '../options/option.ts';
import { stripped, trimmed } from '../options/value-type.ts';
import type { BackendCookies } from '../routing/policies/backend-cookies.ts';
import type { Replacement } from '../routing/policies/replacement.ts';
import { defineFamily } from './family.ts';
import { replacement, replacementText } from './replacement.ts';

const DOMAIN = 'proxy-cookie-domain';
const PATH = 'proxy-cookie-path';

type Value = Replacement | 'off';

const domainType = replacement(String.raw`-._~a-zA-Z0-9/:`);
const pathType = replacement(String.raw`-._~a-zA-Z0-9/:,?&=`);

const domain = {
  default: 'off',
  example: 'inner.example.com example.com',
  summary: 'The domain of cookies of the backend that is replaced, and what replaces it.',
  becomes: 'proxy_cookie_domain',
} as const;
const path = {
  default: 'off',
  example: '/app/ /',
  summary: 'The begin of the path of cookies of the backend that is replaced, and what replaces it.',
  becomes: 'proxy_cookie_path',
} as const;

/** What differs from what holds for all hosts; undefined for nothing. */
function differing(own: BackendCookies, ofAll: BackendCookies): Partial<BackendCookies> | undefined {
  const found = {
    ...(replacementText(own.domain) === replacementText(ofAll.domain) ? {} : { domain: own.domain }),
    ...(replacementText(own.path) === replacementText(ofAll.path) ? {} : { path: own.path }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/**
 * What is changed in the cookies of backends.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/proxy/main.go.
 */
export const backendCookies = defineFamily({
  name: 'backendCookies',
  annotations: {
    [DOMAIN]: { ...domain, type: domainType, defaultFrom: DOMAIN } satisfies OptionSpec<Value>,
    [PATH]: { ...path, type: trimmed(pathType), defaultFrom: PATH } satisfies OptionSpec<Value>,
  },
  options: {
    [DOMAIN]: { ...domain, type: stripped(domainType) } satisfies OptionSpec<Value>,
    [PATH]: { ...path, type: stripped(pathType) } satisfies OptionSpec<Value>,
  },
  read: (values, { options }) =>
    differing({ domain: values[DOMAIN], path: values[PATH] }, { domain: options[DOMAIN], path: options[PATH] }),
  gives: {
    http(options): BackendCookies | undefined {
      const asked = { domain: options[DOMAIN], path: options[PATH] };
      return asked.domain === 'off' && asked.path === 'off' ? undefined : asked;
    },
    location: asked => asked,
  },
});
