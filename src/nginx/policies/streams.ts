import { bareWord } from '../quote.ts';

import type { MainRenderer } from '../parts.ts';
import type { Policies } from '../../routing/policies.ts';

export const renderStreams: MainRenderer<'streams'> = ({ idle, triesOthers, triesFor, tries }, { text }) => ({
  streams: text('policies/streams.stream.conf', {
    idle: bareWord(idle),
    triesNone: !triesOthers,
    triesFor: bareWord(triesFor),
    tries,
  }),
});

/** How many datagrams a client of UDP gets for one of its own; without a word of anybody, as many as DNS has. */
export function udpResponses(main: Policies<'main'>): number {
  return main.streams?.asks.responses ?? 1;
}
