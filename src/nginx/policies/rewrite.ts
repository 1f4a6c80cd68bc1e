import { quote, quoteTemplate } from '../quote.ts';

import type { HttpNeeds, Quoted } from '../quote.ts';
import type { RewritePolicy } from '../../annotations/rewrite.ts';

export type RewriteView = Readonly<{ pattern: Quoted; target: Quoted }>;

export function rewriteView(policy: RewritePolicy, needs: HttpNeeds): RewriteView {
  return { pattern: quote(`(?i)${policy.pattern}`), target: quoteTemplate(policy.target, needs) };
}
