import type { Rule } from '../../diagnostics/rule.ts';

export const unfilledPlaceholder = {
  id: 'I2N137',
  name: 'unfilled-placeholder',
  severity: 'error',
  summary: 'A value that still has the placeholder of a template in it, such as `${HOST}`.',
  why: 'The API server rejects the value. The step that should have filled it in did not run, or did not know the name.',
} as const satisfies Rule;
