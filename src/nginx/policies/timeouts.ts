import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Timeouts } from '../../routing/policies/timeouts.ts';

export const renderTimeoutsOfAll: HttpRenderer<'timeouts'> = (asks, { text, facts }) => ({
  proxy: text('policies/timeouts.http.conf', timeoutsView(asks, facts)),
});

export const renderTimeouts: LocationRenderer<'timeouts'> = (asks, { text, facts }) => ({
  location: { content: text('policies/timeouts.conf', timeoutsView(asks, facts)) },
});

function timeoutsView({ connect, send, read }: Partial<Timeouts>, { speaksGrpc, speaksFastcgi }: Tools['facts']): View {
  return { connect: time(connect), send: time(send), read: time(read), speaksGrpc, speaksFastcgi };
}

function time(seconds: number | undefined): Quoted | undefined {
  return seconds === undefined ? undefined : bareWord(`${seconds}s`);
}
