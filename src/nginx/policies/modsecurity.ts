import { quotePlainLines } from '../quote.ts';
import { quoteVariables } from '../variable-text.ts';

import type { HttpRenderer, LocationRenderer, Tools } from '../parts.ts';
import type { View } from '../view.ts';
import type { Modsecurity } from '../../routing/policies/modsecurity.ts';

function viewOf({
  rules,
  hasUsualRules,
  hasCoreRules,
}: Pick<Modsecurity, 'rules' | 'hasUsualRules' | 'hasCoreRules'>): View {
  return { rules: rules === undefined ? undefined : quotePlainLines(rules), hasUsualRules, hasCoreRules };
}

export const renderModsecurityOfAll: HttpRenderer<'modsecurity'> = (asks, { declare, text }) => {
  if (asks.isClosed) return { servers: text('policies/modsecurity.closed.conf', {}) };
  declare.module('modsecurity');
  return { clients: text('policies/modsecurity.http.conf', viewOf(asks)) };
};

export const renderModsecurity: LocationRenderer<'modsecurity'> = (asks, tools: Tools) => {
  const { declare, text } = tools;
  declare.module('modsecurity');
  const { isOn, transactionId } = asks;
  const id = transactionId === undefined ? undefined : quoteVariables(transactionId, tools);
  const view = { ...viewOf(asks), isOn: isOn === true, isOff: isOn === false, id };
  const isEmpty = isOn === undefined && id === undefined && asks.rules === undefined && !asks.hasCoreRules;
  return isEmpty ? {} : { location: { always: text('policies/modsecurity.conf', view) } };
};
