import type { Rule } from '../../diagnostics/rule.ts';

export const openSnippet = {
  id: 'I2N528',
  name: 'open-snippet',
  severity: 'warning',
  summary: 'A snippet with a directive that lets in, shows or trusts everybody.',
  why: 'An echo of the Origin header, a proxy_pass or redirect to where the client says, a guard that is switched off for all paths, and trust in every address are mistakes that nginx takes without a word. What stands inside of a location, an if or a map of the snippet is not looked at.',
} as const satisfies Rule;
