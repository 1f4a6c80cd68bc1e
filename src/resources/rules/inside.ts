import type { Rule } from '../../diagnostics/rule.ts';

export const loopbackEndpoint = {
  id: 'I2N127',
  name: 'loopback-endpoint',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'An endpoint on a loopback address.',
  why: 'It leads to the machine that nginx runs on. That is useful in local development; a cluster rejects it.',
} as const satisfies Rule;

export const oldLoopbackEndpoint = {
  id: 'I2N147',
  name: 'old-loopback-endpoint',
  severity: 'warning',
  summary: 'An endpoint on a loopback address in an EndpointSlice of discovery.k8s.io/v1beta1.',
  why: 'It leads to the machine that nginx runs on. Servers before 1.21.1 take it, later ones do not.',
} as const satisfies Rule;

export const loopbackExternalName = {
  id: 'I2N128',
  name: 'loopback-external-name',
  severity: 'error',
  // An API server takes it, and only locations that lead there lose something by it.
  lintSeverity: 'warning',
  summary: 'An ExternalName that leads to the machine that nginx runs on.',
  why: 'Whoever may write a Service could reach what listens there for nobody else, such as status pages and agents.',
} as const satisfies Rule;

export const metadataAddress = {
  id: 'I2N426',
  name: 'metadata-address',
  severity: 'error',
  summary: 'A name or an address of the metadata server of a cloud.',
  why: 'It hands out the credentials of the machine that nginx runs on to whoever reaches it from there.',
} as const satisfies Rule;

export const linkLocalAddress = {
  id: 'I2N427',
  name: 'link-local-address',
  severity: 'error',
  // The same.
  lintSeverity: 'warning',
  summary:
    'An ExternalName, a cluster IP or an endpoint with a link-local address; of an EndpointSlice it is a warning.',
  why: 'It leads to what only the machine that nginx runs on and its neighbours can reach, such as agents of a cloud.',
} as const satisfies Rule;

export const loopbackClusterIp = {
  id: 'I2N428',
  name: 'loopback-cluster-ip',
  severity: 'warning',
  summary: 'A Service with a cluster IP on a loopback address.',
  why: 'It leads to the machine that nginx runs on. That is of use in local development; no cluster gives such an address.',
} as const satisfies Rule;
