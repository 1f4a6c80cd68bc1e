import type { Rule } from '../../diagnostics/rule.ts';

export const buffersThatDoNotFit = {
  id: 'I2N380',
  name: 'buffers-that-do-not-fit',
  severity: 'warning',
  summary: 'Sizes of buffers that nginx does not take together; the nearest that it takes are used.',
  why: 'What may be busy must be at least one buffer and leave one free, and a temporary file has room for one. With the controller, nginx refuses the whole configuration, and no change takes effect any more.',
} as const satisfies Rule;
