import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { oneOf, text, trimmed } from '../options/value-type.ts';
import type { Protocol } from '../routing/model.ts';
import type { FastcgiParam, FastcgiParams } from '../routing/policies/backend-protocol.ts';
import type { ControllerVariable } from '../routing/variable-text.ts';
import { isOfLocation } from '../routing/variable-text.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { PARAMS, readParams } from './backend-protocol-params.ts';
import type { Closed } from './closed.ts';
import { closed, isClosed } from './closed.ts';
import { nameIn } from './external-auth-asked.ts';
import { withNames } from './external-auth-url.ts';
import type { LocationFacts } from './facts.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect, droppedForValue } from './rules/annotations.ts';

const PROTOCOL = 'backend-protocol';
const INDEX = 'fastcgi-index';

const PROTOCOLS = {
  HTTP: 'http',
  HTTPS: 'https',
  AUTO_HTTP: 'client',
  GRPC: 'grpc',
  GRPCS: 'grpcs',
  FCGI: 'fastcgi',
} as const;

const WORDS = ['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'] as const;
const word = oneOf(...WORDS);
type Word = keyof typeof PROTOCOLS;

/** An expression for the words in any case: JSON Schema has no flag for that. */
const inAnyCase = `^\\s*(?:${WORDS.map(each => each.replaceAll(/[A-Z]/g, letter => `[${letter}${letter.toLowerCase()}]`)).join('|')})\\s*$`;

/** In any case, and with white space around it. */
const anyCase: ValueType<Word> = {
  ...word,
  schema: { anyOf: [word.schema, { pattern: inAnyCase }] },
  parse: text => word.parse(text.trim().toUpperCase()),
};

interface Asked {
  readonly protocol: Protocol;
  /** Undefined where the backend speaks something else. */
  readonly fastcgi: FastcgiParams | undefined;
}

type Context = Omit<ReadContext<unknown>, 'options'>;

/** Whether a parameter differs from location to location. */
function isNamed({ value }: FastcgiParam): boolean {
  return value.some(part => 'ofController' in part && isOfLocation(part.ofController));
}

function withNamesOf({ index, params }: FastcgiParams, facts: LocationFacts): FastcgiParams {
  const names = (name: ControllerVariable): string => nameIn(name, facts);
  return { index, params: params.map(({ name, value }) => ({ name, value: withNames(value, names) })) };
}

/** One object for all that add nothing. */
const NOTHING_MORE: FastcgiParams = { index: undefined, params: [] };

function readFastcgi(index: string, reference: string, context: Context): FastcgiParams | Closed<never> {
  const params = reference === '' ? [] : readParams(reference, context);
  if (params === undefined) return NOTHING_MORE;
  if (isClosed(params)) return params;
  return index === '' && params.length === 0 ? NOTHING_MORE : { index: index === '' ? undefined : index, params };
}

/** Says which annotations of FastCGI are of no matter, since backends speak something else. */
function reportIdle({ ingress, report }: Context): void {
  const name = [INDEX, PARAMS].find(each => annotationText(ingress, each) !== '');
  if (name === undefined) return;
  const message = `${name} has no effect without ${PROTOCOL}: FCGI`;
  const help = `add ${PROTOCOL}: FCGI, or remove ${name}`;
  report({ rule: annotationWithoutEffect, message, help, at: annotationRef(ingress, name) });
}

/**
 * What backends speak, and what those that speak FastCGI are told.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/backendprotocol/main.go and fastcgi/main.go, and
 * buildProxyPass in internal/ingress/controller/template/template.go.
 */
export const backendProtocol = defineFamily({
  name: 'backendProtocol',
  annotations: {
    [PROTOCOL]: {
      type: anyCase,
      default: 'HTTP',
      example: 'HTTPS',
      summary:
        'What the backend speaks, in any case. Certificates of HTTPS and gRPC over TLS are not checked; `AUTO_HTTP` is HTTP or HTTPS, whichever the client has used; `FCGI` is FastCGI.',
      becomes: 'proxy_pass, grpc_pass, fastcgi_pass',
      differs: [
        {
          says: 'with AUTO_HTTP, each request opens a connection to the backend',
          where: value => value === 'AUTO_HTTP',
        },
        {
          says: 'FastCGI backends heed the proxy timeouts, too; they get the host that nginx matched as HTTP_HOST, and no HTTP_PROXY',
          where: value => value === 'FCGI',
        },
      ],
    } satisfies OptionSpec<Word>,
    [INDEX]: {
      type: trimmed(text(/^[A-Za-z0-9._-]*$/, 'letters, digits, . - and _')),
      default: '',
      example: 'index.php',
      summary: 'The file that FastCGI backends get for paths that end in a slash.',
      becomes: 'fastcgi_index',
    } satisfies OptionSpec<string>,
    [PARAMS]: {
      type: trimmed(text(/^[-._~a-zA-Z0-9/:]*$/, 'letters, digits and - . _ ~ / :')),
      default: '',
      example: 'shop/fastcgi',
      summary:
        'The ConfigMap (`name` or `namespace/name`, of the namespace of the Ingress) with parameters for FastCGI backends.',
      becomes: 'fastcgi_param',
    } satisfies OptionSpec<string>,
  },
  options: {},
  invalid: { rule: droppedForValue, isDropped: () => true, of: [INDEX, PARAMS] },
  read({ [PROTOCOL]: value, [INDEX]: index, [PARAMS]: reference }, context): Asked | Closed<Asked> {
    const protocol = PROTOCOLS[value];
    // As in the controller, the ConfigMap must be right whatever backends speak.
    const fastcgi = readFastcgi(index, reference, context);
    if (isClosed(fastcgi)) return closed(fastcgi.closes, fastcgi.reason, { protocol, fastcgi: undefined });
    if (protocol === 'fastcgi') return { protocol, fastcgi };
    reportIdle(context);
    return { protocol, fastcgi: undefined };
  },
  gives: {
    protocol: ({ protocol }) => protocol,
    location: ({ fastcgi }, facts) => (fastcgi?.params.some(isNamed) === true ? withNamesOf(fastcgi, facts) : fastcgi),
  },
});
