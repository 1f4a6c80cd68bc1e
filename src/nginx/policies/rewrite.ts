import { isKnownVariable } from '../../routing/nginx-variables.ts';
import { withoutNames } from '../group-names.ts';
import { EMPTY, patternKey, quote, quoteTemplate, variable } from '../quote.ts';

import type { Declarations } from '../declarations.ts';
import type { Quoted } from '../quote.ts';
import type { LocationRenderer } from '../parts.ts';
import type { Rewrite } from '../../routing/policies/rewrite.ts';

const URI_IN_A_LINE = 'uri_in_a_line';

export const renderRewrite: LocationRenderer<'rewrite'> = (policy, { declare, text }) => {
  const { text: pattern, names } = withoutNames(policy.pattern);
  const target = quoteTemplate(numbered(targetOf(policy, declare), names), declare);
  const { prefix = '', isRedirect } = policy;
  const isPlain = !prefix.includes('$');
  const kept = isPlain ? undefined : quoteTemplate(numbered(prefix, names), declare);
  const lines = text('policies/rewrite.conf', { pattern: quote(`(?i)${pattern}`), target, prefix: kept });
  if (isRedirect) return { location: { redirect: lines } };
  if (prefix === '') return { location: { rewrite: lines } };
  const value = isPlain ? quote(prefix) : keptInALine(declare);
  return { location: { rewrite: lines }, requestHeaders: [{ name: 'X-Forwarded-Prefix', value }] };
};

/** Groups hold decoded text of the client, which must not end the header line. */
function keptInALine(declare: Declarations): Quoted {
  declare.once('policies/rewrite.prefix.http.conf');
  const kept = variable('forwarded_prefix');
  const rows = [[patternKey(String.raw`[\x00-\x1f\x7f]`), EMPTY]] as const;
  return declare.map({ name: 'forwarded_prefix', of: kept, rows, otherwise: kept });
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
function targetOf({ target, isRedirect }: Rewrite, declare: Declarations): string {
  if (!isRedirect) return target;
  const safe = target.replaceAll(/\$(?:uri|document_uri)(?!\w)/gi, () => `$${URI_IN_A_LINE}`);
  if (safe !== target) declare.once('policies/rewrite.http.conf');
  return safe;
}
