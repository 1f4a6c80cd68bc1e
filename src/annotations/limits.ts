import { count } from '../options/count.ts';
import { networks } from '../options/networks.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { integer } from '../options/value-type.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';
import type { Limits, LimitStatuses, RequestLimit } from '../routing/policies/limits.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect, droppedForValue } from './rules/annotations.ts';

const CONNECTIONS = 'limit-connections';
const PER_SECOND = 'limit-rps';
const PER_MINUTE = 'limit-rpm';
const BURST = 'limit-burst-multiplier';
const ALLOW = 'limit-allowlist';
/** Its older name, which counts where the newer one has no text. */
const WHITE = 'limit-whitelist';

/** Above these nobody notices a limit, and nginx would refuse them or count wrong. */
const MOST_CONNECTIONS = 65_535;
const MOST_PER_SECOND = 1_000_000;
const MOST_PER_MINUTE = 60 * MOST_PER_SECOND;
const MOST_BURST = 1_000_000_000;

/** What nginx answers unless somebody says otherwise. */
const USUAL_STATUS = 503;

const status = integer({ min: 400, max: 599 });

const clientVariable: ValueType<string> = {
  name: 'variable of nginx',
  schema: { pattern: '^\\$[a-z0-9_]+$' },
  parse(text) {
    const name = /^\$([a-z0-9_]{1,100})$/.exec(text)?.[1];
    if (name !== undefined && isKnownVariable(name)) return { ok: true, value: text };
    return { ok: false, problem: 'is not a variable of nginx', help: 'write "$binary_remote_addr"' };
  },
};

interface Values {
  readonly [CONNECTIONS]: number;
  readonly [PER_SECOND]: number;
  readonly [PER_MINUTE]: number;
  readonly [BURST]: number;
}

function requestLimits(values: Values): readonly RequestLimit[] {
  const limit = (per: RequestLimit['per'], asked: number, bound: number): readonly RequestLimit[] => {
    const most = Math.min(asked, bound);
    return most === 0 ? [] : [{ per, most, burst: Math.min(most * values[BURST], MOST_BURST) }];
  };
  return [
    ...limit('second', values[PER_SECOND], MOST_PER_SECOND),
    ...limit('minute', values[PER_MINUTE], MOST_PER_MINUTE),
  ];
}

type Context = Pick<ReadContext<unknown>, 'ingress' | 'report' | 'written'>;

/** Says which annotations do nothing, since there is no limit. */
function reportIdle({ ingress, report }: Context): void {
  const isIdle = (name: string): boolean => annotationText(ingress, name) !== '';
  const name = [BURST, ALLOW, WHITE].find(isIdle);
  if (name === undefined) return;
  const message = `${name} has no effect without ${PER_SECOND}, ${PER_MINUTE} or ${CONNECTIONS}`;
  report({
    rule: annotationWithoutEffect,
    message,
    help: 'add one of them, or remove it',
    at: annotationRef(ingress, name),
  });
}

/**
 * How many requests a client may send, and have in progress.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/ratelimit/main.go.
 */
export const limits = defineFamily({
  name: 'limits',
  options: {
    'limit-req-status-code': {
      type: status,
      default: USUAL_STATUS,
      example: '429',
      summary: 'The status of requests over the limit of requests.',
      becomes: 'limit_req_status',
    } satisfies OptionSpec<number>,
    'limit-conn-status-code': {
      type: status,
      default: USUAL_STATUS,
      example: '429',
      summary: 'The status of requests over the limit of connections.',
      becomes: 'limit_conn_status',
    } satisfies OptionSpec<number>,
    'limit-conn-zone-variable': {
      type: clientVariable,
      default: '$binary_remote_addr',
      example: '$http_x_api_key',
      summary: 'The nginx variable by which the limits tell clients apart.',
      becomes: 'limit_conn_zone, limit_req_zone',
    } satisfies OptionSpec<string>,
  },
  annotations: {
    [CONNECTIONS]: {
      type: count,
      default: 0,
      example: '10',
      summary: 'How many requests a client may have in progress at once; 0 for any number.',
      becomes: 'limit_conn_zone, limit_conn',
    } satisfies OptionSpec<number>,
    [PER_SECOND]: {
      type: count,
      default: 0,
      example: '10',
      summary: 'How many requests per second a client may send; 0 for any number.',
      becomes: 'limit_req_zone, limit_req',
    } satisfies OptionSpec<number>,
    [PER_MINUTE]: {
      type: count,
      default: 0,
      example: '100',
      summary: 'How many requests per minute a client may send; 0 for any number.',
      becomes: 'limit_req_zone, limit_req',
    } satisfies OptionSpec<number>,
    [BURST]: {
      type: count,
      default: 5,
      example: '2',
      summary: 'How many times its rate a client may exceed for a moment.',
      becomes: 'limit_req … burst',
    } satisfies OptionSpec<number>,
    [ALLOW]: {
      type: networks,
      default: [],
      example: '10.0.0.0/8',
      summary: 'Clients of these networks are free of the limits on requests and connections.',
      becomes: 'geo, map',
    } satisfies OptionSpec<readonly string[]>,
    [WHITE]: {
      type: networks,
      default: [],
      example: '10.0.0.0/8',
      summary: `The older name of \`${ALLOW}\`.`,
      olderNameOf: ALLOW,
      becomes: 'geo, map',
    } satisfies OptionSpec<readonly string[]>,
  },
  invalid: {
    rule: droppedForValue,
    isDropped: () => true,
    of: [CONNECTIONS, PER_SECOND, PER_MINUTE, ALLOW, WHITE],
  },
  read(values, context): Limits | undefined {
    const { ingress, options } = context;
    const requests = requestLimits(values);
    const connections = Math.min(values[CONNECTIONS], MOST_CONNECTIONS);
    if (requests.length === 0 && connections === 0) {
      if (context.refused.size === 0) reportIdle(context);
      return undefined;
    }
    return {
      scope: `${ingress.namespace}/${ingress.name}`,
      client: options['limit-conn-zone-variable'].slice(1),
      exempt: values[ALLOW].length === 0 ? values[WHITE] : values[ALLOW],
      connections,
      requests,
    };
  },
  gives: {
    http(options): LimitStatuses | undefined {
      const ofRequests = options['limit-req-status-code'];
      const ofConnections = options['limit-conn-status-code'];
      const isUsual = ofRequests === USUAL_STATUS && ofConnections === USUAL_STATUS;
      return isUsual ? undefined : { ofRequests, ofConnections };
    },
    location: asked => asked,
  },
});
