import type { Rule } from '../../diagnostics/rule.ts';

export const refusedFastcgiParams = {
  id: 'I2N374',
  name: 'refused-fastcgi-params',
  severity: 'error',
  summary:
    'A ConfigMap of fastcgi-params-configmap that is missing, or has an entry that may not be there; the locations answer 503.',
  why: 'As with the controller: parameters say which script a backend runs, so that it would run another one without them.',
} as const satisfies Rule;
