import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import type { RequestLogs } from '../routing/policies/request-logs.ts';
import { defineFamily } from './family.ts';

/**
 * What is written of requests.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/log/main.go.
 */
export const requestLogs = defineFamily({
  name: 'requestLogs',
  annotations: {
    'enable-access-log': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether requests are written to the access log.',
      becomes: 'access_log off',
      differs: [{ says: 'redirects to HTTPS are logged where other paths of the host are', where: value => !value }],
    } satisfies OptionSpec<boolean>,
    'enable-rewrite-log': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether rewrites are written to the error log.',
      becomes: 'rewrite_log',
    } satisfies OptionSpec<boolean>,
  },
  options: {
    'enable-access-log-for-default-backend': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether requests that no Ingress matches are logged.',
      becomes: 'access_log',
    } satisfies OptionSpec<boolean>,
  },
  read(values): RequestLogs | undefined {
    const isSilent = !values['enable-access-log'];
    const hasRewrites = values['enable-rewrite-log'];
    return isSilent || hasRewrites ? { isSilent, hasRewrites } : undefined;
  },
  gives: {
    location: asked => asked,
    unclaimed: options =>
      options['enable-access-log-for-default-backend'] ? undefined : { isSilent: true, hasRewrites: false },
  },
});
