import { EMPTY, quote, variable } from '../quote.ts';
import { testKey } from '../text-test.ts';

import type { Declarations } from '../declarations.ts';
import type { HttpRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { TextTest } from '../../routing/text-test.ts';

export const renderBlocked: HttpRenderer<'blocked'> = ({ userAgents, referers, isEverybody }, { declare, text }) => {
  const found = [...isOneOf('user_agent', userAgents, declare), ...isOneOf('referer', referers, declare)];
  return { servers: text('policies/blocked.server.conf', { found, isEverybody }) };
};

/** What stands for a request with one of these headers. */
function isOneOf(header: string, tests: readonly TextTest[], declare: Declarations): readonly Quoted[] {
  if (tests.length === 0) return [];
  const rows = tests.map(test => [testKey(test), quote('1')] as const);
  return [declare.map({ name: `blocked_${header}`, of: variable(`http_${header}`), rows, otherwise: EMPTY })];
}
