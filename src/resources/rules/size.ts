import type { Rule } from '../../diagnostics/rule.ts';

export const tooLargeToApply = {
  id: 'I2N801',
  name: 'too-large-to-apply',
  severity: 'info',
  summary: 'An object that is too large for `kubectl apply` without --server-side.',
  why: 'kubectl keeps what it applied last in an annotation of the object, and all annotations together have 256 KiB: it fails with "metadata.annotations: Too long". So does Argo CD without ServerSideApply. `kubectl create`, Helm and Flux keep no copy.',
} as const satisfies Rule;
