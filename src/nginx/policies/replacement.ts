import { bareWord, quote } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { Replacement } from '../../routing/policies/replacement.ts';

/** The arguments of a directive that replaces; empty for none. */
export function replacementView(value: Replacement | 'off' | undefined): readonly Quoted[] {
  if (value === undefined) return [];
  return value === 'off' ? [bareWord('off')] : [quote(value.from), quote(value.to)];
}
