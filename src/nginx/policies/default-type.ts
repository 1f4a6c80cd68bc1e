import { quote } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderDefaultType: HttpRenderer<'defaultType'> = ({ type }, { text }) => ({
  responses: text('policies/default-type.http.conf', { type: quote(type) }),
});
