import { EMPTY, exactKey, patternKey, quote, variable } from '../quote.ts';
import { withoutNames } from '../group-names.ts';

import type { Declarations } from '../declarations.ts';
import type { HttpRenderer } from '../parts.ts';
import type { MapKey, Quoted } from '../quote.ts';
import type { HeaderTest } from '../../routing/policies/blocked.ts';

export const renderBlocked: HttpRenderer<'blocked'> = ({ userAgents, referers, isEverybody }, { declare, text }) => {
  const found = [...isOneOf('user_agent', userAgents, declare), ...isOneOf('referer', referers, declare)];
  return { servers: text('policies/blocked.server.conf', { found, isEverybody }) };
};

/** What stands for a request with one of these headers. */
function isOneOf(header: string, tests: readonly HeaderTest[], declare: Declarations): readonly Quoted[] {
  if (tests.length === 0) return [];
  const rows = tests.map(test => [keyOf(test), quote('1')] as const);
  return [declare.map({ name: `blocked_${header}`, of: variable(`http_${header}`), rows, otherwise: EMPTY })];
}

function keyOf(test: HeaderTest): MapKey {
  if (test.kind === 'text') return exactKey(test.text);
  return patternKey(withoutNames(test.regex).text, test.isCaseSensitive ? '' : 'i');
}
