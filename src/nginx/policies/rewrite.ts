import { quote, quoteTemplate } from '../quote.ts';

import type { HttpNeeds, Quoted } from '../quote.ts';
import type { RewritePolicy } from '../../annotations/rewrite.ts';

export type RewriteView = Readonly<{ pattern: Quoted; target: Quoted }>;

export function rewriteView(policy: RewritePolicy, needs: HttpNeeds): RewriteView {
  return { pattern: quote(`(?i)${policy.pattern}`), target: quoteTemplate(targetOf(policy, needs), needs) };
}

/** nginx escapes groups in a redirect, but not this variable, whose decoded text may hold the end of a header line. */
function targetOf({ target, isRedirect }: RewritePolicy, needs: HttpNeeds): string {
  if (!isRedirect) return target;
  const safe = target.replaceAll(/\$(?:uri|document_uri)(?!\w)/gi, () => '$uri_in_a_line');
  if (safe !== target) needs.add('uriInALine');
  return safe;
}
