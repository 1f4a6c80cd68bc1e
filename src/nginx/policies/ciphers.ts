import { quote } from '../quote.ts';

import type { ServerRenderer } from '../parts.ts';

export const renderCiphers: ServerRenderer<'ciphers'> = ({ list }, { text }) => ({
  server: text('policies/ciphers.server.conf', { list: quote(list) }),
  needsCertificate: true,
});
