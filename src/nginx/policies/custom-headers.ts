import { quoteLiteral } from '../quote.ts';

import type { LocationRenderer } from '../parts.ts';

export const renderCustomHeaders: LocationRenderer<'customHeaders'> = ({ headers }, { declare }) => ({
  responseHeaders: headers.map(({ name, value }) => ({ name, value: quoteLiteral(value, declare), replaces: true })),
});
