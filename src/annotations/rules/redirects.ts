import type { Rule } from '../../diagnostics/rule.ts';

export const redirectWithoutLocation = {
  id: 'I2N390',
  name: 'redirect-without-location',
  severity: 'warning',
  summary: 'The status of a redirect with which nginx sends no Location: 300, 304, 305 or 306.',
  why: 'Clients get the URL as text, or nothing at all, and go nowhere, as with the controller.',
} as const satisfies Rule;
