import type { Rule } from '../../diagnostics/rule.ts';

export const overruledListenOption = {
  id: 'I2N368',
  name: 'overruled-listen-option',
  severity: 'info',
  summary: 'An option that says where nginx listens, and a flag that says otherwise; the flag counts.',
  why: 'The option is for the machine that the controller runs on, the flag for the one that nginx will run on.',
} as const satisfies Rule;
