import { bareWord } from '../quote.ts';
import { targetWord } from '../log-places.ts';

import type { MainRenderer } from '../parts.ts';

export const renderErrorLogs: MainRenderer<'errorLogs'> = ({ target, level, debugged }, { text, facts }) => {
  const { error, isErrorKnown } = facts.logs;
  const isUsual = target.kind === 'usual';
  const events = text('policies/error-logs.events.conf', { debugged: debugged.map(bareWord) });
  // Whoever applies the configuration looks there for what keeps it from being served.
  const view = {
    error,
    level: bareWord(isUsual ? level : 'alert'),
    other: isUsual ? undefined : { place: targetWord(target, error, facts.logs), level: bareWord(level) },
  };
  return {
    ...(isUsual && isErrorKnown && level === 'notice' ? {} : { logs: text('policies/error-logs.main.conf', view) }),
    ...(debugged.length === 0 ? {} : { events }),
  };
};
