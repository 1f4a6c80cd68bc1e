import type { Rule } from '../../diagnostics/rule.ts';

export const resourceBackend = {
  id: 'I2N204',
  name: 'resource-backend',
  severity: 'warning',
  summary: 'A backend that is not a Service; its locations answer 503.',
  why: 'Neither the controller nor nginx can send requests to it. Left out, the path would be served by a broader one, perhaps without its password.',
} as const satisfies Rule;

export const missingService = {
  id: 'I2N401',
  name: 'missing-service',
  severity: 'warning',
  isConditional: true,
  summary: 'A backend names a Service that is not in the input; its locations answer 503.',
  why: 'The controller answers 503 as well until the Service exists.',
} as const satisfies Rule;

export const missingServicePort = {
  id: 'I2N402',
  name: 'missing-service-port',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'A backend names a port that its Service does not have; its locations answer 503.',
  why: 'The controller answers 503 as well; a misspelt port name is the usual reason.',
} as const satisfies Rule;

export const noReadyEndpoints = {
  id: 'I2N403',
  name: 'no-ready-endpoints',
  severity: 'warning',
  isConditional: true,
  summary: 'A Service without a ready endpoint; its locations answer 503.',
  why: 'The controller answers 503 as well until a pod is ready.',
} as const satisfies Rule;

export const serviceElsewhere = {
  id: 'I2N407',
  name: 'service-elsewhere',
  severity: 'warning',
  isOfOutput: true,
  summary: 'A backend names a Service that is not in the input; it is reached by its DNS name.',
  why: 'A repository may hold the Ingress of one team and not the Service of another. A name that is misspelt answers 502.',
} as const satisfies Rule;

export const handMadeEndpoints = {
  id: 'I2N408',
  name: 'hand-made-endpoints',
  severity: 'info',
  isOfOutput: true,
  summary:
    'The input holds endpoints, but only such as are written by hand: other Services are reached as if it held none.',
  why: 'Only endpoints of a Service with a selector show that the input comes from a cluster, where a Service without endpoints answers 503.',
} as const satisfies Rule;

export const tooManyEndpoints = {
  id: 'I2N425',
  name: 'too-many-endpoints',
  severity: 'warning',
  isOfOutput: true,
  summary:
    'A Service with so many ports and endpoints that not all of its ports are served; those locations answer 503.',
  why: 'Each port becomes an upstream with all endpoints: a small file could fill all memory. 20 ports are always served, and as many as make 20,000 addresses.',
} as const satisfies Rule;
