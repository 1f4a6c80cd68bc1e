import { bareWord } from '../quote.ts';
import { unseenBehind } from '../../routing/real-ip.ts';

import type { HttpRenderer, LocationRenderer, RenderFacts } from '../parts.ts';
import type { View } from '../view.ts';
import type { SourceRange } from '../../routing/policies/source-range.ts';

export const renderSourceRangeOfAll: HttpRenderer<'sourceRange'> = (asks, { text, facts }) => ({
  clients: text('policies/source-range.http.conf', rangeView(asks, facts)),
});

export const renderSourceRange: LocationRenderer<'sourceRange'> = (asks, { text, facts }) => ({
  location: { guard: text('policies/source-range.conf', rangeView(asks, facts)) },
});

/**
 * nginx takes the first line that fits: those who are kept out come first. So do those behind whom nobody can tell who
 * asks, since it may be one who is kept out.
 */
function rangeView({ denied, allowed }: SourceRange, facts: RenderFacts): View {
  const all = [...new Set([...unseenBehind(facts), ...denied])];
  return { denied: all.map(bareWord), allowed: (allowed ?? []).map(bareWord), isClosed: allowed !== undefined };
}
