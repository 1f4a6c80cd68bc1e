import type { PlannedOption } from '../options/option.ts';

/** An annotation of the controller that is not built yet; each that is written gives a warning. */
export interface PlannedAnnotation extends PlannedOption {
  /**
   * What happens to an Ingress that carries it. Left out: it is served without. `closed`: its locations answer 503,
   * since without the annotation they would be open to those whom it keeps out.
   */
  readonly meanwhile?: 'closed';
  /** Values that ask for what happens anyway, so that nothing is lost. An empty one is no value. */
  readonly neutral?: RegExp;
}

export const plannedAnnotations: Readonly<Record<string, PlannedAnnotation>> = {};

/** Annotations that later versions of the controller took away, and what replaced them. */
export const removedAnnotations: Readonly<Record<string, { readonly instead: string }>> = {
  'add-base-url': { instead: 'nothing replaces it' },
  'base-url-scheme': { instead: 'nothing replaces it' },
  'enable-influxdb': { instead: 'nothing replaces it' },
  'enable-opentracing': { instead: 'enable-opentelemetry' },
  'global-rate-limit': { instead: 'limit-rps or limit-rpm, which count in each nginx alone' },
  'global-rate-limit-ignored-cidrs': { instead: 'limit-allowlist' },
  'global-rate-limit-key': { instead: 'limit-rps or limit-rpm, which count by client address' },
  'global-rate-limit-window': { instead: 'limit-rps for a second, or limit-rpm for a minute' },
  'grpc-backend': { instead: 'backend-protocol: "GRPC"' },
  'influxdb-host': { instead: 'nothing replaces it' },
  'influxdb-measurement': { instead: 'nothing replaces it' },
  'influxdb-port': { instead: 'nothing replaces it' },
  'influxdb-server-name': { instead: 'nothing replaces it' },
  'mirror-uri': { instead: 'mirror-target' },
  'opentracing-operation-name': { instead: 'opentelemetry-operation-name' },
  'opentracing-trust-incoming-span': { instead: 'opentelemetry-trust-incoming-span' },
  'secure-backends': { instead: 'backend-protocol: "HTTPS"' },
  'secure-verify-ca-secret': { instead: 'proxy-ssl-secret and proxy-ssl-verify: "on"' },
  'session-cookie-hash': { instead: 'nothing replaces it' },
};
