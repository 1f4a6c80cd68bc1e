import { isKnownVariable } from '../../routing/nginx-variables.ts';
import { withoutNames } from '../group-names.ts';
import { quote, quoteTemplate } from '../quote.ts';

import type { HttpNeeds, Quoted } from '../quote.ts';
import type { Rewrite } from '../../routing/policies/rewrite.ts';

const URI_IN_A_LINE = 'uri_in_a_line';

export type RewriteView = Readonly<{ pattern: Quoted; target: Quoted }>;

export function rewriteView(policy: Rewrite, needs: HttpNeeds): RewriteView {
  const { text, names } = withoutNames(policy.pattern);
  const target = numbered(targetOf(policy, needs), names);
  return { pattern: quote(`(?i)${text}`), target: quoteTemplate(target, needs) };
}

/** A target with groups by number; one that another path has, and this one lacks, is empty, as in the controller. */
function numbered(target: string, names: ReadonlyMap<string, number>): string {
  return target.replaceAll(/\$([a-z_]\w*)/gi, (found, name: string) => {
    if (name === URI_IN_A_LINE || isKnownVariable(name)) return found;
    const group = names.get(name);
    return group === undefined ? '' : `$${group}`;
  });
}

/** nginx escapes groups in a redirect, but not this variable, whose decoded text may hold the end of a header line. */
function targetOf({ target, isRedirect }: Rewrite, needs: HttpNeeds): string {
  if (!isRedirect) return target;
  const safe = target.replaceAll(/\$(?:uri|document_uri)(?!\w)/gi, () => `$${URI_IN_A_LINE}`);
  if (safe !== target) needs.add('uriInALine');
  return safe;
}
