import { quote } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderGzip: HttpRenderer<'gzip'> = ({ level, minLength, types, exceptAgents }, { text }) => ({
  responses: text('policies/gzip.http.conf', {
    level,
    minLength,
    types: types.map(quote),
    exceptAgents: exceptAgents === undefined ? undefined : quote(exceptAgents),
  }),
});
