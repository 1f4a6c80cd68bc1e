import type { Rule } from '../../diagnostics/rule.ts';

export const behaviourDifference = {
  id: 'I2N348',
  name: 'behaviour-difference',
  severity: 'info',
  isConditional: true,
  summary: 'An annotation or option that is honoured, and that differs from the controller in a detail.',
  why: 'Stock nginx has no Lua. Each difference is said once, where it is first asked for; `--no-notes` leaves them out.',
} as const satisfies Rule;
