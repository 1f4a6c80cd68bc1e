import { quote } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderBrotli: HttpRenderer<'brotli'> = ({ level, minLength, types }, { declare, text }) => {
  declare.module('brotli');
  return { responses: text('policies/brotli.http.conf', { level, minLength, types: types.map(quote) }) };
};
