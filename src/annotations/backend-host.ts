import type { OptionSpec } from '../options/option.ts';
import { stripped, text } from '../options/value-type.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';
import type { BackendHost } from '../routing/policies/backend-host.ts';
import { annotationRef } from './annotation-ref.ts';
import type { LocationFacts } from './facts.ts';
import { defineFamily } from './family.ts';
import { droppedForValue, invalidAnnotationValue } from './rules/annotations.ts';

const NAME = 'upstream-vhost';
const VARIABLE = /\$(?:\{(\w+)\}|(\w*))/g;

/** Variables that the controller sets in each location. */
const OF_LOCATION: ReadonlySet<string> = new Set(['namespace', 'ingress_name', 'service_name', 'service_port']);

/** Decoded text of clients, which may hold the end of a header line. */
const DECODED: ReadonlySet<string> = new Set([
  'uri',
  'document_uri',
  'request_filename',
  'request_body',
  'request_body_file',
  'remote_user',
]);

/** The first thing that makes nginx refuse a host, or a client put headers into it; undefined if there is none. */
function problemOf(host: string): string | undefined {
  for (const [found, braced, bare = ''] of host.matchAll(VARIABLE)) {
    const name = braced ?? bare;
    if (name === '') return 'has a $ without the name of a variable';
    if (OF_LOCATION.has(name)) continue;
    if (!isKnownVariable(name)) return `has ${found}, which is not a variable of nginx`;
    if (DECODED.has(name.toLowerCase())) return `has ${found}, in which clients could put further headers`;
  }
  return undefined;
}

/** What the variables of the controller come to in a location. */
function ofLocation(name: string, { ingress, backend }: LocationFacts): string {
  if (name === 'namespace') return ingress.namespace;
  if (name === 'ingress_name') return ingress.name;
  if (backend === undefined) return '';
  if (name === 'service_name') return backend.service;
  return 'name' in backend.port ? backend.port.name : `${backend.port.number}`;
}

/**
 * The host that backends get. A value that is no host at all makes the controller drop the Ingress.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/upstreamvhost/main.go.
 */
export const backendHost = defineFamily({
  name: 'backendHost',
  annotations: {
    [NAME]: {
      type: stripped(text(/^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/, 'letters, digits and - . _ ~ / : $ { }')),
      default: '',
      example: 'inner.example.com',
      summary:
        'The Host header that the backend gets; `$service_name`, `$namespace` and variables of nginx are replaced.',
      becomes: 'proxy_set_header Host',
    } satisfies OptionSpec<string>,
  },
  options: {},
  invalid: { rule: droppedForValue, isDropped: () => true },
  read(values, { ingress, report }): BackendHost | undefined {
    const host = values[NAME];
    const problem = problemOf(host);
    if (problem === undefined) return host === '' ? undefined : { host };
    const help = 'write a host name, or a variable such as $service_name or $host';
    const message = `${NAME}: "${host}" ${problem}`;
    report({ rule: invalidAnnotationValue, message, help, at: annotationRef(ingress, NAME) });
    return undefined;
  },
  gives: {
    location(asked, facts): BackendHost | undefined {
      const host = asked.host.replaceAll(VARIABLE, (found, braced?: string, bare = '') => {
        const name = braced ?? bare;
        return OF_LOCATION.has(name) ? ofLocation(name, facts) : found;
      });
      if (host === '') return undefined;
      return host === asked.host ? asked : { host };
    },
  },
});
