import { bareWord } from '../quote.ts';

import type { LocationRenderer } from '../parts.ts';

export const renderConnectionHeader: LocationRenderer<'connectionHeader'> = ({ value }) => ({
  requestHeaders: [{ name: 'Connection', value: bareWord(value) }],
});
