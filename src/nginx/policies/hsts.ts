import { quoteLiteral, variable } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderHsts: HttpRenderer<'hsts'> = ({ value }, { declare, text }) => ({
  headers: text('policies/hsts.http.conf', { value: quoteLiteral(value, declare) }),
  responseHeaders: [{ name: 'Strict-Transport-Security', value: variable('hsts'), replaces: true }],
});
