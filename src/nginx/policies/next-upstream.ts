import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { View } from '../view.ts';
import type { NextUpstream } from '../../routing/policies/next-upstream.ts';

export const renderNextUpstreamOfAll: HttpRenderer<'nextUpstream'> = ({ seconds, ...others }, { text }) => {
  // nginx has no limit without being told.
  const asks = seconds === 0 ? others : { ...others, seconds };
  return { proxy: text('policies/next-upstream.http.conf', nextUpstreamView(asks)) };
};

export const renderNextUpstream: LocationRenderer<'nextUpstream'> = (asks, { text }) => ({
  location: { content: text('policies/next-upstream.conf', nextUpstreamView(asks)) },
});

function nextUpstreamView({ failures = [], seconds, tries }: Partial<NextUpstream>): View {
  return {
    failures: failures.map(failure => bareWord(failure)),
    timeout: seconds === undefined ? undefined : bareWord(`${seconds}s`),
    tries: tries === undefined ? undefined : bareWord(`${tries}`),
  };
}
