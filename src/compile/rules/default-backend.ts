import type { Rule } from '../../diagnostics/rule.ts';

export const unusedDefaultBackend = {
  id: 'I2N227',
  name: 'unused-default-backend',
  severity: 'warning',
  summary: 'A defaultBackend of an Ingress with rules that no request reaches.',
  why: 'It only serves what no rule takes on the hosts that its Ingress is the first to name; an Ingress without rules takes over unknown hosts.',
} as const satisfies Rule;

export const missingDefaultBackend = {
  id: 'I2N414',
  name: 'missing-default-backend',
  severity: 'warning',
  summary: 'The Service of --default-backend-service cannot be reached; unknown hosts and paths answer 404.',
  why: 'The controller falls back to its built-in 404 page as well.',
} as const satisfies Rule;
