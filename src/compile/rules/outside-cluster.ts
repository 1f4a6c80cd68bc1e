import type { Rule } from '../../diagnostics/rule.ts';

export const noNodePort = {
  id: 'I2N421',
  name: 'no-node-port',
  severity: 'warning',
  isOfOutput: true,
  summary: 'A Service without a node port, where --backend-address node-port asks for one; it answers 503.',
  why: 'A Service of type ClusterIP can only be reached from inside the cluster.',
} as const satisfies Rule;

export const forwardPending = {
  id: 'I2N422',
  name: 'forward-pending',
  severity: 'info',
  isOfOutput: true,
  summary: 'A Service without a running port-forward; it answers 503 until kubectl port-forward is up.',
  why: 'A port-forward takes a moment to start, and needs a running pod.',
} as const satisfies Rule;

export const notForwardable = {
  id: 'I2N423',
  name: 'not-forwardable',
  severity: 'warning',
  isOfOutput: true,
  summary: 'A Service port that kubectl port-forward does not support; it answers 503.',
  why: 'kubectl forwards TCP only, and uses the port of a headless Service as the pod port.',
} as const satisfies Rule;
