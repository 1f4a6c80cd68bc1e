import type { Rule } from '../../diagnostics/rule.ts';

export const elsewhere = {
  id: 'I2N433',
  name: 'elsewhere',
  severity: 'info',
  isConditional: true,
  summary:
    'Objects that Ingresses name, and of whose kind the input holds none in their namespaces; they are not checked.',
  why: 'A repository often holds the Ingresses of a team and not the Secrets of another. Said once a kind by `lint`; with `--closed-world` each missing object is an error, and `--assume-external Secret` says nothing of Secrets.',
} as const satisfies Rule;
