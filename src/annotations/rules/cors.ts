import type { Rule } from '../../diagnostics/rule.ts';

export const invalidCorsOrigin = {
  id: 'I2N360',
  name: 'invalid-cors-origin',
  severity: 'warning',
  summary: 'An entry of cors-allow-origin that is not an origin; it is left out.',
  why: 'The controller leaves some of them out silently, and lets the scripts of all sites in because of others, such as one with a slash at its end.',
} as const satisfies Rule;
