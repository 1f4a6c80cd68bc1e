import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';

/** What nginx takes without being told, where a page of memory has 4k, as nearly everywhere. */
const USUAL = '8k';

export const renderBodyBufferOfAll: HttpRenderer<'bodyBuffer'> = ({ size }, { text }) =>
  size === USUAL ? {} : { clients: text('policies/body-buffer.http.conf', { size: bareWord(size) }) };

export const renderBodyBuffer: LocationRenderer<'bodyBuffer'> = ({ size }, { text }) => ({
  location: { content: text('policies/body-buffer.conf', { size: bareWord(size) }) },
});
