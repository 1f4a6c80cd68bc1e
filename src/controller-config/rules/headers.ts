import type { Rule } from '../../diagnostics/rule.ts';

export const missingHeaders = {
  id: 'I2N377',
  name: 'missing-headers',
  severity: 'warning',
  summary: 'A ConfigMap with headers for all requests or responses that is missing from the input.',
  why: 'Without it none of its headers is sent, as with the controller. They may be what protects the pages.',
} as const satisfies Rule;

export const refusedHeader = {
  id: 'I2N378',
  name: 'refused-header',
  severity: 'error',
  summary: 'A header of add-headers or proxy-set-headers that cannot be sent as it is written.',
  why: 'The nginx of the controller would refuse the whole configuration, or clients could add headers of their own. Here the header is left out, and a backend gets none of this name.',
} as const satisfies Rule;
