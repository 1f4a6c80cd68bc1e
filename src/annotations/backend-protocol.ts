import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { oneOf } from '../options/value-type.ts';
import type { Protocol } from '../routing/model.ts';
import { annotationRef } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import { unsupportedAnnotation } from './rules/annotations.ts';

const PROTOCOL = 'backend-protocol';

const PROTOCOLS = { HTTP: 'http', HTTPS: 'https', AUTO_HTTP: 'client', GRPC: 'grpc', GRPCS: 'grpcs' } as const;

const word = oneOf('HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI');
type Word = keyof typeof PROTOCOLS | 'FCGI';

/** In any case, and with white space around it. */
const anyCase: ValueType<Word> = { ...word, parse: text => word.parse(text.trim().toUpperCase()) };

/**
 * What backends speak.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/backendprotocol/main.go, and buildProxyPass in
 * internal/ingress/controller/template/template.go.
 */
export const backendProtocol = defineFamily({
  name: 'backendProtocol',
  annotations: {
    [PROTOCOL]: {
      type: anyCase,
      default: 'HTTP',
      example: 'HTTPS',
      summary:
        'What the backend speaks, in any case. Certificates of HTTPS and gRPC over TLS are not checked; `AUTO_HTTP` is HTTP or HTTPS, whichever the client has used.',
    } satisfies OptionSpec<Word>,
  },
  options: {},
  read({ [PROTOCOL]: value }, { ingress, report }): Protocol | undefined {
    if (value !== 'FCGI') return PROTOCOLS[value];
    const message = `${PROTOCOL}: FCGI is not supported yet: requests go to the backend as HTTP/1.1, which it probably rejects`;
    report({ rule: unsupportedAnnotation, message, at: annotationRef(ingress, PROTOCOL) });
    return undefined;
  },
  gives: { protocol: asked => asked },
});
