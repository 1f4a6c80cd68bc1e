import type { OptionSpec } from '../options/option.ts';
import { listOf, text } from '../options/value-type.ts';

/** Where certificate authorities ask for the proof of a host. */
const ACME_CHALLENGE = '/.well-known/acme-challenge';

/** An option that lists paths for which something does not hold. */
export function exemptPaths(example: string, summary: string): OptionSpec<readonly string[]> {
  const type = listOf(text(/^\/[^\s;{}"'\\$]*$/, 'a path that begins with /'));
  return { type, default: [ACME_CHALLENGE], example, summary };
}

/**
 * Whether a location is among the exempt ones: its path begins with one of them, in the middle of a segment, too.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, isLocationInLocationList.
 */
export function isExempt(path: string, exempt: readonly string[]): boolean {
  return exempt.some(begin => path.startsWith(begin));
}
