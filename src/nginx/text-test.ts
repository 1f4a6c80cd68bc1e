import { withoutNames } from './group-names.ts';
import { exactKey, patternKey } from './quote.ts';

import type { MapKey } from './quote.ts';
import type { TextTest } from '../routing/text-test.ts';

/** The key of a map that is a text, or is found in it. */
export function testKey(test: TextTest): MapKey {
  if (test.kind === 'text') return exactKey(test.text);
  return patternKey(withoutNames(test.regex).text, test.isCaseSensitive ? '' : 'i');
}
