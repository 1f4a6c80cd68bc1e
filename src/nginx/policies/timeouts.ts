import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Timeouts } from '../../routing/policies/timeouts.ts';

export const renderTimeoutsOfAll: HttpRenderer<'timeouts'> = (asks, { text }) => ({
  proxy: text('policies/timeouts.http.conf', timeoutsView(asks)),
});

export const renderTimeouts: LocationRenderer<'timeouts'> = (asks, { text }) => ({
  location: { content: text('policies/timeouts.conf', timeoutsView(asks)) },
});

function timeoutsView({ connect, send, read }: Partial<Timeouts>): View {
  return { connect: time(connect), send: time(send), read: time(read) };
}

function time(seconds: number | undefined): Quoted | undefined {
  return seconds === undefined ? undefined : bareWord(`${seconds}s`);
}
