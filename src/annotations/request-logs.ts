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
    } satisfies OptionSpec<boolean>,
    'enable-rewrite-log': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether rewrites are written to the error log.',
    } satisfies OptionSpec<boolean>,
  },
  options: {},
  read(values): RequestLogs | undefined {
    const isSilent = !values['enable-access-log'];
    const hasRewrites = values['enable-rewrite-log'];
    return isSilent || hasRewrites ? { isSilent, hasRewrites } : undefined;
  },
  gives: { location: asked => asked },
});
