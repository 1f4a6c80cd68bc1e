import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { View } from '../view.ts';
import type { SourceRange } from '../../routing/policies/source-range.ts';

export const renderSourceRangeOfAll: HttpRenderer<'sourceRange'> = (asks, { text }) => ({
  clients: text('policies/source-range.http.conf', rangeView(asks)),
});

export const renderSourceRange: LocationRenderer<'sourceRange'> = (asks, { text }) => ({
  location: { access: text('policies/source-range.conf', rangeView(asks)) },
});

/** nginx takes the first line that fits: those who are kept out come first. */
function rangeView({ denied, allowed }: SourceRange): View {
  return { denied: denied.map(bareWord), allowed: (allowed ?? []).map(bareWord), isClosed: allowed !== undefined };
}
