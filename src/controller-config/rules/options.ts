import type { Rule } from '../../diagnostics/rule.ts';

export const optionWithoutEffect = {
  id: 'I2N379',
  name: 'option-without-effect',
  severity: 'warning',
  summary: 'A ConfigMap option, or an entry of one, that has no effect without another one or with nginx.',
  why: 'It looks as if it worked.',
} as const satisfies Rule;
