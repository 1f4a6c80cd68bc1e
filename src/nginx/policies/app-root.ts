import { quoteTemplate } from '../quote.ts';

import type { ServerRenderer } from '../parts.ts';

export const renderAppRoot: ServerRenderer<'appRoot'> = ({ path }, { declare, text }) => ({
  server: text('policies/app-root.server.conf', { url: quoteTemplate(`$scheme://$best_host${path}`, declare) }),
});
