import type { IdleOption, RefusedOption } from '../options/option.ts';

/** What Go reads as false; an empty text is so, too. */
const OFF = /^(?:0|f|F|false|False|FALSE|)$/;

/** Options of the controller that stock nginx cannot honour, and those that the controller itself no longer reads. */
export const refusedOptions: Readonly<Record<string, RefusedOption | IdleOption>> = {
  'app-root': { summary: 'Sends requests for `/` to this path, as an annotation.', isIdle: true },
  'enable-serial-reloads': {
    summary: 'Whether a reload waits until the workers of the last one have ended.',
    lost: 'a reload never waits; `worker-shutdown-timeout` says how long old workers may go on',
    neutral: OFF,
  },
  'global-external-auth': {
    summary: 'Set by the controller itself, from the options that begin with `global-auth`.',
    isIdle: true,
  },
  'http2-max-field-size': {
    summary: 'How long a header of HTTP/2 may be; nginx ignores it since 1.19.7.',
    isIdle: true,
  },
  'http2-max-header-size': {
    summary: 'How long all headers of HTTP/2 may be; nginx ignores it since 1.19.7.',
    isIdle: true,
  },
  'http2-max-requests': {
    summary: 'How many requests an HTTP/2 connection may carry; nginx ignores it since 1.19.7.',
    isIdle: true,
  },
  'jaeger-baggage-header': { summary: 'A header of Jaeger, for baggage.', isIdle: true },
  'jaeger-collector-host': { summary: 'The host of the Jaeger collector.', isIdle: true },
  'jaeger-collector-port': { summary: 'The port of the Jaeger collector.', isIdle: true },
  'jaeger-debug-header': { summary: 'A header of Jaeger, for debugging.', isIdle: true },
  'jaeger-endpoint': { summary: 'The URL of the Jaeger collector.', isIdle: true },
  'jaeger-propagation-format': { summary: "The format of Jaeger's trace headers.", isIdle: true },
  'jaeger-sampler-host': { summary: "The host of Jaeger's sampler.", isIdle: true },
  'jaeger-sampler-param': { summary: "The parameter of Jaeger's sampler.", isIdle: true },
  'jaeger-sampler-port': { summary: "The port of Jaeger's sampler.", isIdle: true },
  'jaeger-sampler-type': { summary: "The type of Jaeger's sampler.", isIdle: true },
  'jaeger-service-name': { summary: "The service name in Jaeger's traces.", isIdle: true },
  'jaeger-trace-baggage-header-prefix': { summary: "The prefix of Jaeger's baggage headers.", isIdle: true },
  'jaeger-trace-context-header-name': { summary: "The name of Jaeger's trace header.", isIdle: true },
  'lua-shared-dicts': { summary: "The sizes of Lua's shared memory.", lost: 'nginx without Lua has no such memory' },
  'opentelemetry-config': {
    summary: 'The configuration file of the OpenTelemetry module.',
    lost: 'nginx has its own module, which is configured by the options `otlp-…` and `otel-…` alone',
  },
  'upstream-hash-by': { summary: 'Balances by this text, as an annotation.', isIdle: true },
  'upstream-hash-by-subset': { summary: 'Balances within subsets, as an annotation.', isIdle: true },
  'upstream-hash-by-subset-size': { summary: 'The size of a subset, as an annotation.', isIdle: true },
  'use-geoip': { summary: 'Looks clients up in the legacy GeoIP databases.', isIdle: true },
};
