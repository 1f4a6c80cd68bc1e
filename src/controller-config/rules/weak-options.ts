import type { Rule } from '../../diagnostics/rule.ts';

export const snippetsAllowed = {
  id: 'I2N530',
  name: 'snippets-allowed',
  severity: 'info',
  summary: '`allow-snippet-annotations: "true"` in the ConfigMap of the controller.',
  why: 'A snippet is configuration of nginx as it stands. In the controller it can read the token and, with it, all Secrets of the cluster (CVE-2021-25742), so that the right to write an Ingress in one namespace is a right over all.',
} as const satisfies Rule;

export const versionDisclosure = {
  id: 'I2N532',
  name: 'version-disclosure',
  severity: 'info',
  summary: '`server-tokens: "true"` in the ConfigMap of the controller.',
  why: 'The Server header and error pages then have the version of nginx, which tells what it can be attacked with.',
} as const satisfies Rule;
