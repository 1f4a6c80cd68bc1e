/** An annotation that a later version of the controller took away. */
interface RemovedAnnotation {
  /** The first version without it. */
  readonly since: string;
  /** What replaced it. */
  readonly instead: string;
}

/** Source: the annotation parsers in each release of ingress-nginx, and its changelog. */
export const removedAnnotations: Readonly<Record<string, RemovedAnnotation>> = {
  'add-base-url': { since: '0.22.0', instead: 'nothing replaces it' },
  'base-url-scheme': { since: '0.22.0', instead: 'nothing replaces it' },
  'enable-influxdb': { since: '1.7.1', instead: 'nothing replaces it' },
  'enable-opentracing': { since: '1.9.5', instead: 'enable-opentelemetry' },
  'global-rate-limit': { since: '1.12.0', instead: 'limit-rps or limit-rpm, which count in each nginx alone' },
  'global-rate-limit-ignored-cidrs': { since: '1.12.0', instead: 'limit-allowlist' },
  'global-rate-limit-key': { since: '1.12.0', instead: 'limit-rps or limit-rpm, which count by client address' },
  'global-rate-limit-window': { since: '1.12.0', instead: 'limit-rps for a second, or limit-rpm for a minute' },
  'grpc-backend': { since: '0.21.0', instead: 'backend-protocol: "GRPC"' },
  'influxdb-host': { since: '1.7.1', instead: 'nothing replaces it' },
  'influxdb-measurement': { since: '1.7.1', instead: 'nothing replaces it' },
  'influxdb-port': { since: '1.7.1', instead: 'nothing replaces it' },
  'influxdb-server-name': { since: '1.7.1', instead: 'nothing replaces it' },
  'mirror-uri': { since: '0.28.1', instead: 'mirror-target' },
  'opentracing-operation-name': { since: '1.9.5', instead: 'opentelemetry-operation-name' },
  'opentracing-trust-incoming-span': { since: '1.9.5', instead: 'opentelemetry-trust-incoming-span' },
  'secure-backends': { since: '0.21.0', instead: 'backend-protocol: "HTTPS"' },
  'secure-verify-ca-secret': { since: '1.7.1', instead: 'proxy-ssl-secret and proxy-ssl-verify: "on"' },
  'session-cookie-hash': { since: '0.24.0', instead: 'nothing replaces it' },
};
