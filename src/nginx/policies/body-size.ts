import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer, RenderFacts } from '../parts.ts';
import type { Location } from '../../routing/model.ts';

/** What nginx has without being told. */
export const USUAL_LIMIT = 1_048_576;

export const renderBodySizeOfAll: HttpRenderer<'bodySize'> = ({ size }, { text }) => ({
  clients: text('policies/body-size.http.conf', { size: bareWord(size) }),
});

export const renderBodySize: LocationRenderer<'bodySize'> = ({ size }, { text }) => ({
  location: { always: text('policies/body-size.conf', { size: bareWord(size) }) },
});

/** How large a body may be in each of these locations, in bytes, 0 for no limit; undefined where they do not agree. */
export function sharedBodyLimit(
  [first, ...others]: readonly Location[],
  { http }: Pick<RenderFacts, 'http'>,
): number | undefined {
  const limitOf = (location: Location | undefined): number =>
    (location?.policies.bodySize ?? http.bodySize)?.asks.bytes ?? USUAL_LIMIT;
  const limit = limitOf(first);
  return others.every(other => limitOf(other) === limit) ? limit : undefined;
}
