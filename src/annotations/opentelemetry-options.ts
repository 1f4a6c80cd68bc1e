import type { OptionSpec, Values } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer, oneOf, stripped, text } from '../options/value-type.ts';
import type { OpentelemetryCollector } from '../routing/policies/opentelemetry.ts';

/** More than nginx keeps in memory for anybody. */
const MOST = 1_000_000;

/** Part of one. */
const ratio: ValueType<number> = {
  name: 'number from 0 to 1',
  schema: { pattern: '^(0|1|0?\\.[0-9]+|1\\.0+|0\\.[0-9]*)$' },
  parse(value) {
    const number = /^\d{0,3}(?:\.\d{0,9})?$/.test(value) && /\d/.test(value) ? Number(value) : Number.NaN;
    if (number >= 0 && number <= 1) return { ok: true, value: number };
    return { ok: false, problem: 'is not a number from 0 to 1', help: 'write a number such as "0.25"' };
  },
};

const spanWord = text(/^[A-Za-z0-9_-]*$/, 'letters, digits, - and _');

/** Source: ingress-nginx 1.15.1, internal/ingress/controller/config/config.go. */
export const openTelemetryOptions = {
  'enable-opentelemetry': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether the requests of all hosts are traced; needs `--nginx-module opentelemetry`.',
    becomes: 'otel_trace',
  } satisfies OptionSpec<boolean>,
  'opentelemetry-operation-name': {
    type: spanWord,
    default: '',
    example: 'shop',
    summary: 'The name of the spans of all hosts; without it, the path of the location.',
    becomes: 'otel_span_name',
  } satisfies OptionSpec<string>,
  'opentelemetry-trust-incoming-span': {
    type: bool,
    default: true,
    example: 'false',
    summary: 'Whether traces that clients began are continued.',
    becomes: 'otel_trace_context',
  } satisfies OptionSpec<boolean>,
  'otlp-collector-host': {
    type: stripped(text(/^(?:[A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])$/, 'the name or the address of a host')),
    default: '',
    example: 'otel-collector.observability',
    summary: 'The host of the collector of traces, which nginx looks up when it starts.',
    becomes: 'otel_exporter',
  } satisfies OptionSpec<string>,
  'otlp-collector-port': {
    type: integer({ min: 1, max: 65_535 }),
    default: 4317,
    example: '4317',
    summary: 'The port of the collector of traces, for gRPC.',
    becomes: 'otel_exporter',
  } satisfies OptionSpec<number>,
  'otel-service-name': {
    type: text(/^[A-Za-z0-9._-]+$/, 'letters, digits, . - and _'),
    default: 'nginx',
    example: 'edge',
    summary: 'The service under whose name spans are filed.',
    becomes: 'otel_service_name',
  } satisfies OptionSpec<string>,
  'otel-sampler': {
    type: oneOf('AlwaysOn', 'AlwaysOff', 'TraceIdRatioBased'),
    default: 'AlwaysOn',
    example: 'TraceIdRatioBased',
    summary: 'Which requests are traced: all, none, or a part of them.',
    becomes: 'otel_trace',
  } satisfies OptionSpec<'AlwaysOn' | 'AlwaysOff' | 'TraceIdRatioBased'>,
  'otel-sampler-ratio': {
    type: ratio,
    default: 0.01,
    example: '0.25',
    summary: 'The part of the requests that `TraceIdRatioBased` traces.',
    becomes: 'split_clients',
    differs: [{ says: 'the part is rounded to hundredths of a percent' }],
  } satisfies OptionSpec<number>,
  'otel-sampler-parent-based': {
    type: bool,
    default: true,
    example: 'false',
    summary: 'Whether a trace that was begun elsewhere is traced if it was there.',
    becomes: 'map',
  } satisfies OptionSpec<boolean>,
  'otel-max-queuesize': {
    type: integer({ min: 1, max: MOST }),
    default: 2048,
    example: '4096',
    summary: 'How many spans may wait for the collector.',
    becomes: 'otel_exporter',
    differs: [{ says: 'as many whole deliveries wait as hold so many spans' }],
  } satisfies OptionSpec<number>,
  'otel-schedule-delay-millis': {
    type: integer({ min: 1, max: MOST }),
    default: 5000,
    example: '1000',
    summary: 'How many milliseconds spans wait for others before they are sent.',
    becomes: 'otel_exporter',
  } satisfies OptionSpec<number>,
  'otel-max-export-batch-size': {
    type: integer({ min: 1, max: MOST }),
    default: 512,
    example: '256',
    summary: 'How many spans are sent at once.',
    becomes: 'otel_exporter',
  } satisfies OptionSpec<number>,
} as const;

export type OpentelemetryOptions = Values<typeof openTelemetryOptions>;

const COLLECTORS = new WeakMap<OpentelemetryOptions, OpentelemetryCollector | undefined>();

/** Of all requests, in hundredths of a percent. */
function percentOf(options: OpentelemetryOptions): number {
  const sampler = options['otel-sampler'];
  if (sampler === 'AlwaysOn') return 100;
  return sampler === 'AlwaysOff' ? 0 : Math.round(options['otel-sampler-ratio'] * 10_000) / 100;
}

/** Where traces go; undefined where nobody says it. The same object for the same options. */
export function collectorOf(options: OpentelemetryOptions): OpentelemetryCollector | undefined {
  if (COLLECTORS.has(options)) return COLLECTORS.get(options);
  const batchSize = options['otel-max-export-batch-size'];
  const collector = {
    host: options['otlp-collector-host'],
    port: options['otlp-collector-port'],
    serviceName: options['otel-service-name'],
    percent: percentOf(options),
    followsParent: options['otel-sampler-parent-based'],
    intervalMs: options['otel-schedule-delay-millis'],
    batchSize,
    batchCount: Math.ceil(options['otel-max-queuesize'] / batchSize),
  };
  const found = collector.host === '' ? undefined : collector;
  COLLECTORS.set(options, found);
  return found;
}
