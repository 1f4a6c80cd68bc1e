import type { Rule } from '../../diagnostics/rule.ts';

export const forbiddenText = {
  id: 'I2N501',
  name: 'forbidden-text',
  severity: 'error',
  summary:
    'A host, path or Secret name that looks like an attack on nginx; the Ingress is rejected, and what it asks for answers 503.',
  why: 'The controller rejects such an Ingress, too (deep inspection). Quoting makes the text harmless here, but nobody writes it by accident.',
} as const satisfies Rule;
