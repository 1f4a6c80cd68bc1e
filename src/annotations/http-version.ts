import type { OptionSpec } from '../options/option.ts';
import { oneOf, stripped } from '../options/value-type.ts';
import type { HttpVersion } from '../routing/policies/http-version.ts';
import { defineFamily } from './family.ts';

const NAME = 'proxy-http-version';

const spec = {
  type: stripped(oneOf('1.0', '1.1')),
  default: '1.1',
  example: '1.0',
  summary: 'The version of HTTP in which the backend is asked; in 1.0 there are no WebSockets.',
  becomes: 'proxy_http_version',
} as const;

/**
 * The version of HTTP in which backends are asked.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/proxy/main.go.
 */
export const httpVersion = defineFamily({
  name: 'httpVersion',
  annotations: { [NAME]: { ...spec, defaultFrom: NAME } satisfies OptionSpec<HttpVersion['version']> },
  options: { [NAME]: spec satisfies OptionSpec<HttpVersion['version']> },
  read(values, { options }): HttpVersion | undefined {
    return values[NAME] === options[NAME] ? undefined : { version: values[NAME] };
  },
  gives: {
    http: options => ({ version: options[NAME] }),
    location: asked => asked,
  },
});
