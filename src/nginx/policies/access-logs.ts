import { bareWord, variable } from '../quote.ts';
import { targetWord } from '../log-places.ts';
import { testKey } from '../text-test.ts';
import { quoteFormat } from '../variable-text.ts';

import type { HttpRenderer, MainRenderer, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { AccessLogs, StreamLogs } from '../../routing/policies/access-logs.ts';
import type { TextPart } from '../../routing/variable-text.ts';

/** What both kinds of logs have. */
function logView({ target, format, params }: StreamLogs, usual: Quoted, tools: Tools): View {
  return {
    target: target && targetWord(target, usual, tools.facts.logs),
    params:
      target?.kind === 'syslog'
        ? []
        : params.map(({ name, value }) => ({
            name: bareWord(name),
            value: value === undefined ? undefined : bareWord(value),
          })),
    format: format && quoteFormat(format, tools),
  };
}

/** Stands for 0 where a request is not logged; undefined where all are. */
function loggable({ skipped }: AccessLogs, { declare }: Tools): Quoted | undefined {
  if (skipped.length === 0) return undefined;
  const rows = skipped.map(test => [testKey(test), bareWord('0')] as const);
  return declare.map({ name: 'loggable', of: variable('request_uri'), rows, otherwise: bareWord('1') });
}

export const renderAccessLogs: HttpRenderer<'accessLogs'> = (asks, tools) => ({
  logs: tools.text('policies/access-logs.http.conf', {
    ...logView(asks, tools.facts.logs.access, tools),
    escape: asks.escape === 'default' ? undefined : bareWord(asks.escape),
    loggable: loggable(asks, tools),
  }),
});

/** Servers of streams have no name, and nginx none for their upstreams. */
const STREAM_NAME: readonly TextPart[] = [{ variable: 'protocol' }, { text: '-' }, { variable: 'server_port' }];

export const renderStreamLogs: MainRenderer<'accessLogs'> = (asks, tools) => {
  const format = asks.format?.flatMap(part => ('ofController' in part ? STREAM_NAME : [part]));
  const view = logView({ ...asks, format }, tools.facts.logs.stream, tools);
  return { streams: tools.text('policies/access-logs.stream.conf', view) };
};
