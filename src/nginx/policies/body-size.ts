import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';

export const renderBodySizeOfAll: HttpRenderer<'bodySize'> = ({ size, bytes }, { text }) => ({
  clients: text('policies/body-size.http.conf', { size: bareWord(size) }),
  bodyLimit: bytes,
});

export const renderBodySize: LocationRenderer<'bodySize'> = ({ size, bytes }, { text }) => ({
  location: { always: text('policies/body-size.conf', { size: bareWord(size) }) },
  bodyLimit: bytes,
});
