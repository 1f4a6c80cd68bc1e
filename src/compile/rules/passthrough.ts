import type { Rule } from '../../diagnostics/rule.ts';

export const passthroughWithoutBackend = {
  id: 'I2N365',
  name: 'passthrough-without-backend',
  severity: 'warning',
  summary: 'A host with ssl-passthrough whose path / leads to nobody; its TLS connections are closed.',
  why: 'As in the controller, connections go to the Service of the path /, and what nginx must not decrypt it cannot answer.',
} as const satisfies Rule;
