import type { Rule } from '../../diagnostics/rule.ts';

export const missingNginxModule = {
  id: 'I2N375',
  name: 'missing-nginx-module',
  severity: 'warning',
  isOfOutput: true,
  summary: 'An annotation or option for which nginx needs a module that a stock one has not; it has no effect.',
  why: 'The image of the controller has these modules. If the nginx that serves has one, `--nginx-module` says so.',
} as const satisfies Rule;
