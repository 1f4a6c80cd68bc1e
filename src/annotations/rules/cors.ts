import type { Rule } from '../../diagnostics/rule.ts';

export const invalidCorsOrigin = {
  id: 'I2N360',
  name: 'invalid-cors-origin',
  severity: 'warning',
  summary: 'An entry of cors-allow-origin that is not an origin; it is left out.',
  why: 'The controller leaves it out silently, so that the scripts of the site that was meant read nothing.',
} as const satisfies Rule;

export const corsOpenToAll = {
  id: 'I2N388',
  name: 'cors-open-to-all',
  severity: 'warning',
  lintSeverity: 'error',
  summary:
    'An entry of cors-allow-origin for which the controller lets in the scripts of all sites; here it is left out.',
  why: 'A character that no origin has, such as a slash at its end, makes the whole list invalid, and the default of the controller is "*".',
} as const satisfies Rule;
