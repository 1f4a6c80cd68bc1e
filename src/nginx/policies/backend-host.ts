import { quoteTemplate } from '../quote.ts';

import type { LocationRenderer } from '../parts.ts';

export const renderBackendHost: LocationRenderer<'backendHost'> = ({ host }, { declare }) => ({
  requestHeaders: [{ name: 'Host', value: quoteTemplate(host, declare) }],
});
