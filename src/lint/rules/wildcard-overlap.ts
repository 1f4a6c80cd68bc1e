import type { Rule } from '../../diagnostics/rule.ts';

export const wildcardOverlap = {
  id: 'I2N214',
  name: 'wildcard-overlap',
  severity: 'info',
  summary: 'A host with rules of its own beside its wildcard, whose paths it does not get.',
  why: 'nginx takes the server with the exact name, whatever its locations are. The paths and the annotations of `*.example.com` hold for names that no rule has.',
} as const satisfies Rule;
