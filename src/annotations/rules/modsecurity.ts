import type { Rule } from '../../diagnostics/rule.ts';

export const missingGuardModule = {
  id: 'I2N376',
  name: 'missing-guard-module',
  severity: 'error',
  isOfOutput: true,
  summary:
    'Rules of ModSecurity that turn requests away (`SecRuleEngine On`), for an nginx without the module; what they guard answers 503.',
  why: 'Without the module nobody looks at requests, so that those would get in whom the rules keep out. Rules that only log are a warning (I2N375).',
} as const satisfies Rule;
