import type { Rule } from '../../diagnostics/rule.ts';

export const refusedCustomHeaders = {
  id: 'I2N381',
  name: 'refused-custom-headers',
  severity: 'error',
  summary:
    'A ConfigMap of custom-headers that is missing, or has a header that may not be set; the locations answer 503.',
  why: 'As with the controller: the headers may be what protects the pages, and only those may be set that global-allowed-response-headers lists.',
} as const satisfies Rule;
